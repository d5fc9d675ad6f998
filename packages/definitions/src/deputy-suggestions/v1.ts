import { defineCampaign } from '@duban/engine'
import { campaign } from './v1/campaign.ts'
import { commands, dates, messages } from './v1/commands.ts'
import { matter } from './v1/matter.ts'
import { roles } from './v1/plan.ts'

export const deputySuggestions = defineCampaign({
  id: 'deputy-suggestions',
  version: 1,
  title: { zh: '闭会期间代表建议办理', en: 'Deputies’ suggestions between sessions' },
  source: '宁波市北仑区人大常委会:向代表征集闭会期间建议',
  roles,
  dates,
  commands,
  messages,
  machines: (author) => ({
    campaign: campaign(author),
    matter: matter(author),
  }),
})

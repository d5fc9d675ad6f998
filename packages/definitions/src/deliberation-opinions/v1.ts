import { defineCampaign } from '@duban/engine'
import { campaign } from './v1/campaign.ts'
import { commands } from './v1/commands.ts'
import { matter } from './v1/matter.ts'
import { dates, messages, roles } from './v1/plan.ts'

export const deliberationOpinions = defineCampaign({
  id: 'deliberation-opinions',
  version: 1,
  title: { zh: '人大常委会审议意见办理', en: 'Opinions of a standing committee' },
  source: '区人大常委会办公室:审议意见的形成、交办和督办',
  roles,
  dates,
  commands,
  messages,
  machines: (author) => ({
    campaign: campaign(author),
    matter: matter(author),
  }),
})

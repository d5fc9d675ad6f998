import { defineCampaign } from '@duban/engine'
import { campaign } from './v1/campaign.ts'
import { commands } from './v1/commands.ts'
import { deputy } from './v1/deputy.ts'
import { group } from './v1/group.ts'
import { dates, first, messages, roles, second } from './v1/plan.ts'
import { suggestion } from './v1/suggestion.ts'

export const deputyGroupActivities = defineCampaign({
  id: 'deputy-group-activities',
  version: 1,
  title: { zh: '代表小组活动', en: 'Activities of the deputy groups' },
  source: '县人大代表小组活动安排',
  roles,
  dates,
  commands,
  messages,
  machines: (author) => ({
    campaign: campaign(author),
    group: group(author),
    deputy: deputy(author),
    first: first.kind,
    second: second.kind,
    suggestion: suggestion(author),
  }),
})

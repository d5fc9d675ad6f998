import { defineCampaign } from '@duban/engine'
import { campaign } from './v1/campaign.ts'
import { item } from './v1/item.ts'
import { commands, dates, messages, roles, upward } from './v1/plan.ts'
import { section } from './v1/section.ts'
import { share } from './v1/share.ts'

export const accountabilityList = defineCampaign({
  id: 'accountability-list',
  version: 1,
  title: { zh: '党风廉政建设责任清单', en: 'Accountability list' },
  source: '县审计局党风廉政建设和反腐败工作任务分解',
  roles,
  dates,
  commands,
  messages,
  machines: (author) => ({
    campaign: campaign(author),
    section: section(author),
    item: item(author),
    share: share(author),
    upward: upward.kind,
  }),
})

import { defineCampaign } from '@duban/engine'
import { campaign } from './v1/campaign.ts'
import { commands, dates, messages } from './v1/commands.ts'
import { goal } from './v1/goal.ts'
import { petition } from './v1/petition.ts'
import { roles } from './v1/plan.ts'
import { unit } from './v1/unit.ts'

export const performanceAssessment = defineCampaign({
  id: 'performance-assessment',
  version: 1,
  title: { zh: '绩效管理考核', en: 'Performance assessment' },
  source: '规划分局2012年度绩效管理工作组织实施和自评情况',
  roles,
  dates,
  commands,
  messages,
  machines: (author) => ({
    campaign: campaign(author),
    unit: unit(author),
    goal: goal(author),
    petition: petition(author),
  }),
})

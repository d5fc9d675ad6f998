import { defineCampaign } from '@duban/engine'
import { campaign } from './v1/campaign.ts'
import { commands, dates, finding } from './v1/commands.ts'
import { messages, roles } from './v1/plan.ts'
import { result } from './v1/result.ts'
import { unit } from './v1/unit.ts'

export const annualDutyAssessment = defineCampaign({
  id: 'annual-duty-assessment',
  version: 1,
  title: { zh: '领导班子履职尽责考核', en: 'Annual duty assessment' },
  source: '2017年度二级领导班子和班子成员履职尽责考核工作方案',
  roles,
  dates,
  commands,
  messages,
  machines: (author) => ({
    campaign: campaign(author),
    unit: unit(author),
    finding: finding.kind,
    result: result(author),
  }),
})

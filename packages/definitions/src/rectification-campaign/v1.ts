import { defineCampaign } from '@duban/engine'
import { campaign } from './v1/campaign.ts'
import { commands, dates, finding } from './v1/commands.ts'
import { roles } from './v1/plan.ts'
import { task } from './v1/task.ts'
import { unit } from './v1/unit.ts'

export const rectificationCampaign = defineCampaign({
  id: 'rectification-campaign',
  version: 1,
  title: { zh: '治庸问责作风整顿', en: 'Rectification of working style' },
  source: '图书馆支部“责任风暴”“治庸计划”工作安排',
  roles,
  dates,
  commands,
  machines: (author) => ({
    campaign: campaign(author),
    task: task(author),
    unit: unit(author),
    finding: finding.kind,
  }),
})

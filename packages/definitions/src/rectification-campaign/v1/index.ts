import { defineCampaign, t } from '@duban/engine'
import { campaign, task, unit } from './machines.ts'
import { commands, dates, finding, roles } from './plan.ts'

export const rectificationCampaign = defineCampaign({
  id: 'rectification-campaign',
  version: 1,
  title: t('治庸问责作风整顿', 'Rectification of working style'),
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

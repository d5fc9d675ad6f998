import { defineCampaign } from '@duban/engine'
import { campaign } from './v1/campaign.ts'
import { commands } from './v1/commands.ts'
import { finding } from './v1/finding.ts'
import { dates, messages, roles } from './v1/plan.ts'
import { unit } from './v1/unit.ts'

export const legalHealthCheck = defineCampaign({
  id: 'legal-health-check',
  version: 1,
  title: { zh: '法律体检', en: 'Legal health check' },
  source: '县司法局法治状况检查(“法律体检”)实施方案',
  roles,
  dates,
  commands,
  messages,
  machines: (author) => ({
    campaign: campaign(author),
    unit: unit(author),
    finding: finding.kind,
  }),
})

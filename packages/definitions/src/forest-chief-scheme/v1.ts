import { defineCampaign } from '@duban/engine'
import { campaign } from './v1/campaign.ts'
import { meeting, quarterly } from './v1/pieces.ts'
import { commands, dates, messages, roles } from './v1/plan.ts'
import { town } from './v1/town.ts'
import { village } from './v1/village.ts'

export const forestChiefScheme = defineCampaign({
  id: 'forest-chief-scheme',
  version: 1,
  title: { zh: '林长制工作', en: 'Forest chief scheme' },
  source: '镇林长制实施方案',
  roles,
  dates,
  commands,
  messages,
  machines: (author) => ({
    campaign: campaign(author),
    town: town(author),
    village: village(author),
    meeting: meeting.kind,
    ...quarterly.kinds,
  }),
})

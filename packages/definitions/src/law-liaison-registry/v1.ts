import { defineCampaign } from '@duban/engine'
import { campaign } from './v1/campaign.ts'
import { commands } from './v1/commands.ts'
import { dates, gathering, messages, roles } from './v1/plan.ts'
import { post } from './v1/post.ts'

export const lawLiaisonRegistry = defineCampaign({
  id: 'law-liaison-registry',
  version: 1,
  title: { zh: '普法联络员制度', en: 'Law liaison registry' },
  source: '区普法依法治理联络员工作规则',
  roles,
  dates,
  commands,
  messages,
  machines: (author) => ({
    campaign: campaign(author),
    post: post(author),
    session: gathering.kind,
  }),
})

import { defineCampaign } from '@duban/engine'
import { branch } from './v1/branch.ts'
import { campaign } from './v1/campaign.ts'
import { commands } from './v1/commands.ts'
import { dates, memberPledge, messages, progress, roles, stars, study, unitPledge } from './v1/plan.ts'

export const pledgeCampaign = defineCampaign({
  id: 'pledge-campaign',
  version: 1,
  title: { zh: '创先争优公开承诺', en: 'Pledge campaign' },
  source: '区委办公室党支部创先争优活动',
  roles,
  dates,
  commands,
  messages,
  machines: (author) => ({
    campaign: campaign(author),
    branch: branch(author),
    study: study.kind,
    unitPledge: unitPledge.kind,
    memberPledge: memberPledge.kind,
    ...unitPledge.kinds,
    ...memberPledge.kinds,
    ...progress.kinds,
    ...stars.kinds,
  }),
})

import { defineCampaign } from '@duban/engine'
import { item } from './v1/item.ts'
import { ledger } from './v1/ledger.ts'
import { commands, dates, messages, roles } from './v1/plan.ts'

export const supervisionLedger = defineCampaign({
  id: 'supervision-ledger',
  version: 1,
  title: { zh: '督查台账', en: 'Supervision ledger' },
  source: '党委办公室主任座谈会发言:“大督查”模式',
  roles,
  dates,
  commands,
  messages,
  machines: (author) => ({ campaign: ledger(author), item: item(author) }),
})

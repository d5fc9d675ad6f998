import { notify } from '@duban/engine'
import type { Author, Kind } from './commands.ts'
import type { Collected } from './payloads.ts'

type SuggestionContext = Collected & { handedTo: string | null }

/** 一条建议、批评或意见, as the commission receives it. */
export function suggestion({ machine, on }: Author): Kind {
  const receive = { 'suggestion.receive': { target: 'received', actions: 'recordReceipt' } }
  return machine<SuggestionContext, Collected>({
    updates: {
      recordReceipt: on('suggestion.receive', ({ payload }) => ({ handedTo: payload.handedTo })),
    },
  }).createMachine({
    meta: { title: { zh: '建议、批评、意见', en: 'Suggestion' } },
    context: ({ input }) => ({ ...input, handedTo: null }),
    initial: 'forwarded',
    states: {
      forwarded: {
        meta: { title: { zh: '待签收', en: 'Forwarded' } },
        on: receive,
        after: { received: 'receiptOverdue' },
      },
      receiptOverdue: {
        meta: { title: { zh: '签收逾期', en: 'Receipt overdue' } },
        tags: 'overdue',
        entry: notify('works', {
          zh: '{unit}报送的意见逾期未签收',
          en: 'A suggestion of {unit} has not been received',
        }),
        on: receive,
      },
      received: {
        meta: { title: { zh: '已签收', en: 'Received' } },
        type: 'final',
        tags: 'received',
      },
    },
  })
}

import { reply, type Author, type Kind } from './commands.ts'
import type { Petition } from './payloads.ts'

type Registered = Petition & { registeredBy: string; registeredAt: string }

/** 诉求件: registered, answered, and whoever filed it is asked how it was. */
export function petition({ machine }: Author): Kind {
  return machine<Registered & typeof reply.context, Registered>({
    guards: { ...reply.guards },
    updates: { ...reply.updates },
  }).createMachine({
    meta: { title: { zh: '诉求件', en: 'Petition' }, source: '件件登记、件件跟踪督办落实' },
    context: ({ input }) => ({ ...input, ...reply.context }),
    initial: 'reply',
    states: {
      ...reply.states({ done: 'settled' }),
      settled: { meta: { title: { zh: '已办结', en: 'Settled' } }, type: 'final', tags: 'settled' },
    },
  })
}

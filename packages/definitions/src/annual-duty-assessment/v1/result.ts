import { notify } from '@duban/engine'
import type { Author, Kind } from './commands.ts'
import type { Result } from './scoring.ts'

/** 考核结果: what a unit is told, once the committee has approved it. Each unit sees its own. */
export function result({ machine }: Author): Kind {
  return machine<Result, Result>().createMachine({
    meta: { title: { zh: '考核结果', en: 'Result' }, source: '考核结果在一定范围通报' },
    context: ({ input }) => ({ ...input }),
    initial: 'announced',
    states: {
      announced: {
        meta: { title: { zh: '已通报', en: 'Announced' } },
        type: 'final',
        entry: notify('head', { zh: '{unit}考核结果已通报', en: 'The result of {unit} is out' }),
      },
    },
  })
}

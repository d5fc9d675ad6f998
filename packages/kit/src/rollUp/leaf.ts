import { notify, tell, type Kind } from '@duban/engine'
import type { Period } from '../periods.ts'
import { about, done, type Done, type Seen } from '../block.ts'
import type { Level } from './options.ts'

export type LeafContext = {
  unit: string
  period: Period
  due: string | null
  /** The figures that the level above has of it; null while it has none. */
  figures: { [figure: string]: number } | null
  report: (Done & { summary: string; late: string | null }) | null
  returns: (Done & { reason: string })[]
}

type Record = { figures: { [figure: string]: number }; summary: string; reason?: string }

/** Those who report. */
export function leafKind({ kind, title, by, tell: told = [], source }: Level, above: Level): Kind {
  const submitted = (verb: 'submit' | 'makeUp') => ({
    [`${kind}.${verb}`]: { target: 'submitted', actions: 'recordReport' },
  })
  const upward = tell('parent', `${kind}.told`, {
    unit: 'context.unit',
    figures: 'context.figures',
  })
  const notice = (roles: readonly string[], zh: string, en: string) => notify([...new Set(roles)], about(title, zh, en))
  return {
    spec: {
      meta: { title, ...(source !== undefined && { source }) },
      context: ({ input }: { input: { id: string; period: Period } }) => ({
        unit: input.id,
        period: input.period,
        due: input.period.due,
        figures: null,
        report: null,
        returns: [],
      }),
      initial: 'writing',
      // Its first word is that it exists: so the level above can name the missing.
      entry: upward,
      states: {
        writing: {
          meta: { title: { zh: '待报送', en: 'To be submitted' } },
          on: submitted('submit'),
          after: { [`${kind}Due`]: 'overdue' },
        },
        overdue: {
          meta: { title: { zh: '逾期未报', en: 'Overdue' } },
          tags: 'overdue',
          entry: notice([...by, ...above.by, ...told], '{unit}逾期未报{thing}', '{unit} is late with {thing}'),
          on: submitted('makeUp'),
        },
        submitted: {
          meta: { title: { zh: '已报送', en: 'Submitted' } },
          tags: 'reported',
          entry: upward,
          on: { [`${kind}.return`]: { target: 'returned', actions: ['recordReturn', upward] } },
        },
        returned: {
          meta: { title: { zh: '已退回', en: 'Returned' } },
          entry: notice(
            by,
            '{unit}的{thing}被退回，请于{due}前重报',
            '{thing} of {unit} was returned; submit it again by {due}',
          ),
          on: submitted('submit'),
          after: { [`${kind}Mended`]: 'overdue' },
        },
      },
    },
    guards: {},
    updates: {
      recordReport: ({ event }: Seen<LeafContext>) => {
        const { figures, summary, reason = null } = event.payload as Record
        return { figures, report: { summary, ...done(event), late: reason } }
      },
      recordReturn: ({ context, event }: Seen<LeafContext>) => ({
        figures: null,
        returns: [...context.returns, { ...(event.payload as { reason: string }), ...done(event) }],
      }),
    } as unknown as Kind['updates'],
  }
}

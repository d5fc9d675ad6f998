import { notify, type StateSpec } from '@duban/engine'
import type { z } from 'zod'
import type { ObligationContext, ObligationOptions } from './options.ts'
import { about, done, type Seen } from '../block.ts'

type Announced = { on: string; place?: string }

/** From before its period to done, in time or late. */
export function statesOf(
  name: string,
  { title, by, announce, excuse, tell = [], onRecord }: ObligationOptions<string, z.ZodType, string, string>,
): { [name: string]: StateSpec } {
  const announced = announce && {
    [`${name}.announce`]: { target: 'pending', actions: 'recordDay', reenter: true },
  }
  const record = (target: string, update: string) => ({
    [`${name}.record`]: {
      target,
      actions: onRecord === undefined ? update : [update, onRecord],
    },
  })
  return {
    ahead: {
      meta: { title: { zh: '未到期间', en: 'Its period has not begun' } },
      after: {
        [`${name}Begins`]: announce ? [{ guard: 'dayIsSet', target: 'pending' }, { target: 'unannounced' }] : 'pending',
      },
      ...(announced && { on: announced }),
    },
    ...(announce && {
      unannounced: {
        meta: { title: { zh: '日期待通知', en: 'Its day is to be announced' } },
        on: {
          ...announced,
          ...record('done', 'recordInTime'),
        },
        // A day that nobody announced does not excuse: the period's end is the last one.
        after: { [`${name}Ends`]: 'overdue' },
      },
    }),
    pending: {
      meta: { title: { zh: '待办', en: 'To be done' } },
      on: {
        ...announced,
        ...record('done', 'recordInTime'),
      },
      after: { [`${name}Due`]: 'overdue' },
    },
    overdue: {
      meta: { title: { zh: '逾期', en: 'Overdue' } },
      tags: 'overdue',
      entry: notify(
        [...new Set([...by, ...tell])],
        about(title, '{unit}逾期未办：{thing}', 'Overdue at {unit}: {thing}'),
      ),
      on: {
        ...announced,
        ...record('doneLate', 'recordLate'),
        ...(excuse && { [`${name}.excuse`]: { target: 'excused', actions: 'recordExcuse' } }),
      },
    },
    done: final('已办', 'Done', ['done']),
    doneLate: final('逾期补办', 'Done late', ['done', 'late']),
    ...(excuse && { excused: final('经决定免除', 'Excused by decision', ['done', 'excused']) }),
  }
}

function final(zh: string, en: string, tags: string[]): StateSpec {
  return { meta: { title: { zh, en } }, type: 'final', tags }
}

type SeenHere = Seen<ObligationContext>
const payloadOf = ({ payload }: SeenHere['event']): object => payload as object

export const updates = {
  recordInTime: ({ event }: SeenHere) => ({
    record: { ...payloadOf(event), ...done(event), late: false },
  }),
  recordLate: ({ event }: SeenHere) => ({
    record: { ...payloadOf(event), ...done(event), late: true },
  }),
  recordDay: ({ context, event }: SeenHere) => {
    const day = event.payload as Announced
    return { due: day.on, announced: [...context.announced, { ...day, ...done(event) }] }
  },
  recordExcuse: ({ event }: SeenHere) => ({
    excused: { ...(event.payload as { reason: string }), ...done(event) },
  }),
}

import { notify, tell, type Actions } from '@duban/engine'
import type { z } from 'zod'
import { kindOf, titledWith, given, type Titled, type words } from '../block.ts'
import { sessionCommands, sessionDates, sessionMessages, type SessionOptions } from './commands.ts'
import { attendanceLedger, sessionCode, sessionContext } from './context.ts'

/**
 * One meeting or training, by itself (`kind`: input `{ title?, heldOn? }`) or inside an author's state
 * (`state`, with `onDone`): its day is named later, it is held, minutes and roll are recorded, and those who
 * were not there make it up (补课) until nobody is left.
 *
 * The parent of a `kind` hears the roll and each make-up: put `ledger` into it and it counts by person.
 * Guards, updates and dates begin with the name; the context has `<name>` (see `Session`) and `<name>HeldOn`.
 *
 * @throws {RangeError} at load, for a name, period or role list that cannot be used
 * @example
 * const meeting = session('meeting', {
 *   title: { zh: '联络员会议', en: 'Liaison meeting' },
 *   announce: ['office'], record: ['office'], decide: ['lead'],
 * })
 */
export function session<const Name extends string, const Role extends string, Minutes extends z.ZodType = typeof words>(
  name: Name,
  options: SessionOptions<Role, Minutes>,
) {
  const commands = sessionCommands(name, options)
  const messages = sessionMessages(name, options.title)
  const dates = sessionDates(name, options)
  const context = sessionContext(name, options.title.zh, null)
  const { guards, updates } = sessionCode(name, options.excusedToo ?? false)
  const state = sessionState(name, options, false)
  const kind = kindOf(
    sessionState(name, options, true),
    ({ input }) => {
      const { title, heldOn } = (input ?? {}) as { title?: unknown; heldOn?: string | null }
      return sessionContext(name, typeof title === 'string' ? title : options.title.zh, heldOn ?? null)
    },
    { guards, updates },
  )
  const ledger = attendanceLedger(name)
  return { commands, messages, dates, context, guards, updates, state, kind, ledger }
}

function sessionState(
  name: string,
  { title, announceBy, source, ...who }: SessionOptions<string, z.ZodType>,
  // Where the session is a child, its parent hears of it; inside an author's machine there is nobody to tell.
  asChild: boolean,
): Titled {
  const titled = titledWith(title)
  const code = (key: string): string => `${name}${key}`
  const all = [...new Set([...who.announce, ...who.record, ...who.decide])]
  const press = (zh: string, en: string) =>
    notify(all, { zh: `{unit}${title.zh}${zh}`, en: `${title.en} of {unit}: ${en}` })
  const announce = { [`${name}.announce`]: { target: 'announced', actions: code('Announce') } }
  const close = { [`${name}.close`]: { target: 'complete', actions: code('Close') } }
  const settle = (actions: Actions) => [
    { guard: code('MissedLast'), target: 'complete', actions },
    { guard: code('Missed'), actions },
  ]
  const held = tell('parent', `${name}.held`, {
    title: `context.${name}.title`,
    heldOn: `context.${name}HeldOn`,
    roll: `context.${name}.roll`,
  })
  const caughtUp = tell('parent', `${name}.caughtUp`, { person: 'payload.person' })
  const making = {
    [`${name}.makeUp`]: settle(asChild ? [code('MakeUp'), caughtUp] : code('MakeUp')),
    [`${name}.waive`]: settle(code('Waive')),
  }
  const unannounced = {
    meta: titled('待通知时间', 'day to be named'),
    always: { guard: code('DayKnown'), target: 'announced' },
    on: announce,
  }
  const waiting =
    announceBy === undefined
      ? { unannounced }
      : {
          unannounced: { ...unannounced, after: { [announceBy]: 'unannouncedOverdue' } },
          unannouncedOverdue: {
            meta: titled('逾期未通知', 'day overdue'),
            tags: 'overdue',
            entry: press('逾期未通知时间', 'the day has not been named'),
            on: { ...announce, ...close },
          },
        }

  return {
    meta: { title, ...given('source', source) },
    initial: 'unannounced',
    states: {
      ...waiting,
      announced: {
        meta: titled('已通知待召开', 'announced'),
        tags: 'announced',
        on: {
          // Entered anew, so that the record is due after the new day.
          [`${name}.postpone`]: { target: 'announced', reenter: true, actions: code('Postpone') },
          [`${name}.record`]: { target: 'makingUp', actions: code('Record') },
        },
        after: { [`${name}Recorded`]: 'unrecorded' },
      },
      unrecorded: {
        meta: titled('逾期未登记', 'record overdue'),
        tags: 'overdue',
        entry: press('逾期未登记', 'nothing has been recorded'),
        on: {
          [`${name}.postpone`]: { target: 'announced', actions: code('Postpone') },
          [`${name}.record`]: { target: 'makingUp', actions: code('RecordLate') },
          ...close,
        },
      },
      makingUp: {
        meta: titled('补课中', 'being made up'),
        tags: 'held',
        ...given('entry', asChild ? held : undefined),
        always: { guard: code('Complete'), target: 'complete' },
        on: making,
        after: { [`${name}MadeUp`]: 'makeUpOverdue' },
      },
      makeUpOverdue: {
        meta: titled('补课逾期', 'make-up overdue'),
        tags: ['held', 'overdue'],
        entry: press('尚有人未补课', 'somebody has not made it up'),
        on: { ...making, ...close },
      },
      complete: { meta: titled('完成', 'complete'), type: 'final', tags: ['held', 'complete'] },
    },
  }
}

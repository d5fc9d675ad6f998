import type { LooseSpec } from '../compiled.ts'
import type { Mistake } from './mistake.ts'
import { parseRule } from '../../calendar/index.ts'
import { isReserved } from '../roles.ts'
import { statesOf } from '../states.ts'
import { checkPayload } from './payload.ts'

/** Roles that can do nothing, dates that nothing uses, messages that nobody sends or hears or that cannot be kept. */
export function checkTables(spec: LooseSpec): Mistake[] {
  const states = Object.entries(spec.kinds).flatMap(([kind, { spec: one }]) => statesOf(kind, one))
  const arrows = states.flatMap((state) => state.arrows)
  const actions = states.flatMap((state) => state.actions.map(({ action }) => action))

  const acting = new Set(Object.values(spec.commands).flatMap(({ by }) => [...by]))
  const dates = new Set([
    ...arrows.flatMap(({ on }) => ('after' in on ? [on.after] : [])),
    ...Object.values(spec.commands).flatMap(({ opens, until }) => [opens ?? '', until ?? '']),
    ...Object.values(spec.dates).flatMap(({ due, notBefore }) => [base(due), notBefore ?? '']),
  ])
  const heard = new Set(arrows.flatMap(({ on }) => ('event' in on ? [on.event] : [])))
  const told = new Set(
    actions.flatMap((action) =>
      typeof action === 'object' && action.type === 'duban.tell' ? [action.params.message] : [],
    ),
  )
  return [
    ...unused('roles', spec.roles, acting, 'a role that can do nothing: no command names it'),
    ...unused('dates', spec.dates, dates, 'nothing uses this date'),
    ...unused('messages', spec.messages, told, 'nobody sends this message'),
    ...unused('messages', spec.messages, heard, 'no state hears this message'),
    ...Object.entries(spec.messages).flatMap(([name, { payload }]) => [
      ...(payload ? checkPayload(`messages.${name}.payload`, payload, spec.roles) : []),
      ...(isReserved(name)
        ? [
            {
              path: `messages.${name}`,
              reason: 'this name is kept for events that every campaign has',
            },
          ]
        : []),
    ]),
  ]
}

function base(due: string): string {
  const parsed = parseRule(due)
  return 'ok' in parsed && 'base' in parsed.ok ? parsed.ok.base : ''
}

function unused(table: string, rows: object, used: Set<string>, reason: string): Mistake[] {
  return Object.keys(rows)
    .filter((name) => !used.has(name))
    .map((name) => ({ path: `${table}.${name}`, reason }))
}

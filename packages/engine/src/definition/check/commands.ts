import type { LooseSpec } from '../compiled.ts'
import type { Mistake } from './mistake.ts'
import { isOwnDate } from '../../calendar/index.ts'
import type { CommandSpec } from '../spec.ts'
import { getOwn } from '../../data/getOwn.ts'
import { isAct, isReserved } from '../roles.ts'
import { statesOf } from '../states.ts'
import { checkPayload } from './payload.ts'

/** Commands name roles, dates and commands that exist, are accepted somewhere, and leave somebody to do them. */
export function checkCommands(spec: LooseSpec): Mistake[] {
  const accepted = acceptedBy(spec)
  return Object.entries(spec.commands).flatMap(([name, command]) => {
    const path = `commands.${name}`
    return [
      ...named(`${path}.by`, command.by, spec.roles, 'role'),
      ...named(`${path}.notBy`, command.notBy ?? [], spec.commands, 'command'),
      ...windows(path, command, spec),
      ...checkPayload(`${path}.payload`, command.payload, spec.roles),
      ...leavesSomebody(`${path}.by`, command, spec),
      ...reachesSomebody(`${path}.by`, command, spec, accepted.get(name) ?? []),
      ...(accepted.has(name) ? [] : [{ path, reason: 'no state accepts this command' }]),
      ...(Object.hasOwn(spec.messages, name)
        ? [{ path, reason: 'a message has the same name; a machine could not tell them apart' }]
        : []),
      ...(isAct(name) || isReserved(name)
        ? [{ path, reason: 'this name is kept for the acts and events that every campaign has' }]
        : []),
    ]
  })
}

/** The kinds of which some state accepts an event. */
function acceptedBy(spec: LooseSpec): Map<string, string[]> {
  const pairs = Object.entries(spec.kinds).flatMap(([kind, { spec: one }]) =>
    statesOf(kind, one).flatMap(({ arrows }) =>
      arrows.flatMap(({ on }) => ('event' in on ? [{ event: on.event, kind }] : [])),
    ),
  )
  const events = Map.groupBy(pairs, ({ event }) => event)
  return new Map([...events].map(([event, its]) => [event, its.map(({ kind }) => kind)]))
}

function named(path: string, names: readonly string[], table: object, what: string): Mistake[] {
  return names
    .filter((name) => !Object.hasOwn(table, name))
    .map((name) => ({ path, reason: `there is no ${what} «${name}»` }))
}

function windows(path: string, command: CommandSpec, spec: LooseSpec): Mistake[] {
  return (['opens', 'until'] as const).flatMap((key) => {
    const date = command[key]
    if (date === undefined) return []
    const bad = named(`${path}.${key}`, [date], spec.dates, 'date')
    if (bad.length > 0) return bad
    return isOwnDate(date, spec.dates)
      ? [
          {
            path: `${path}.${key}`,
            reason: `«${date}» differs for each instance; bind it with \`after\` in the state that waits`,
          },
        ]
      : []
  })
}

// Whoever reports for a unit belongs to it as a rule: recusing them from their own unit leaves nobody.
function leavesSomebody(path: string, command: CommandSpec, spec: LooseSpec): Mistake[] {
  const roles = command.by.map((name) => getOwn(spec.roles, name))
  const all = roles.length > 0 && roles.every((role) => role?.scope === 'unit' && role.recused === 'ownUnit')
  return all ? [{ path, reason: 'a unit’s own role that is recused from its own unit leaves nobody' }] : []
}

// Whoever has a role for a unit may act on what belongs to it or to one below; the root belongs to no unit.
function reachesSomebody(path: string, { by }: CommandSpec, { roles }: LooseSpec, kinds: string[]): Mistake[] {
  const ofUnits = by.length > 0 && by.every((name) => getOwn(roles, name)?.scope === 'unit')
  return ofUnits && kinds.length > 0 && kinds.every((kind) => kind === 'campaign')
    ? [
        {
          path,
          reason:
            'only the root accepts it, which belongs to no unit, and only roles of units may: nobody can; add a role of scope «campaign»',
        },
      ]
    : []
}

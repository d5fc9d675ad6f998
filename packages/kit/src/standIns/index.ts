import { dotted, joined, Reason, words, type Dotted, type Seen, somebody, type Guards, type Updates } from '../block.ts'
import { personId, type CommandSpec } from '@duban/engine'
import { z } from 'zod'
import type { Team, StandIn, StandInsOptions, Verb, Arrow } from './options.ts'

export type { Team, StandIn, StandInsOptions } from './options.ts'

export type StandInsContext = Team & { standIns: StandIn[] }

export type StandIns<Name extends string, Role extends string> = {
  commands: Dotted<Name, { [V in Verb]: CommandSpec<Role, never> }>
  context: { standIns: StandIn[] }
  guards: Guards<StandInsContext>
  updates: Updates<StandInsContext>
  /** For the `on` of states in which the team may still change. */
  on: Dotted<Name, { [V in Verb]: Arrow }>
}

/**
 * 顺位递补: the team with the next in the row in the place of one who falls out. As it was when that one does not
 * belong to it, or nobody stands by.
 */
export function standIn(team: Team, out: string): Team {
  const [next, ...reserve] = team.reserve
  if (next === undefined || !team.experts.includes(out)) return team
  return { experts: team.experts.map((one) => (one === out ? next : one)), reserve }
}

/**
 * 更换检查人员: for the machine of a matter whose team was drawn by `drawing` with `pairs`. Its input brings
 * `experts` and `reserve`; they stand at the top of its context, so that its other commands can be
 * `only: 'context.experts'`.
 *
 * @throws {RangeError} saying which option cannot be, and what to do
 * @example
 * const team = standIns('check', { by: ['office'], own: ['inspector'] })
 * // commands: { ...team.commands }              check.replace { expert, reason }, check.recuse { reason }
 * // machine<Check & typeof team.context, Check>({ guards: { ...team.guards }, updates: { ...team.updates } })
 * //   context: ({ input }) => ({ ...input, ...team.context }), on: { ...team.on, 'check.record': 'checked' }
 */
export function standIns<const Name extends string, const Role extends string>(
  name: Name,
  { by, own, source }: StandInsOptions<Role>,
): StandIns<Name, Role> {
  somebody(`standIns «${name}»: by`, by)
  if (own) somebody(`standIns «${name}»: own`, own)
  const phrase = source === undefined ? {} : { source }
  const commands = {
    replace: {
      title: { zh: '更换检查人员', en: 'Replace an expert' },
      by,
      payload: z.strictObject({ expert: personId(), reason: words }),
      ...phrase,
    },
    ...(own && {
      recuse: {
        title: { zh: '申请回避', en: 'Recuse oneself' },
        by: own,
        only: 'context.experts',
        payload: Reason,
        ...phrase,
      },
    }),
  }
  const arrow = (verb: Verb) => ({
    guard: `${name}Spare`,
    actions: `${name}${verb === 'recuse' ? 'Recuse' : 'Replace'}`,
  })
  const verbs = Object.keys(commands) as Verb[]
  return {
    commands: dotted(name, commands),
    context: { standIns: [] },
    guards: joined(name, {
      spare: ({ context, event }: Seen<StandInsContext>) =>
        context.reserve.length > 0 && context.experts.includes(asked(event).out),
    }),
    updates: joined(name, Object.fromEntries(verbs.map((verb) => [verb, changed]))),
    on: dotted(name, Object.fromEntries(verbs.map((verb) => [verb, arrow(verb)]))),
  } as unknown as StandIns<Name, Role>
}

function changed({ context, event }: Seen<StandInsContext>): Partial<StandInsContext> {
  const { out, reason } = asked(event)
  const { by = '', at } = event
  const [next = ''] = context.reserve
  const change = { out, next, reason, by, at }
  return { ...standIn(context, out), standIns: [...context.standIns, change] }
}

/** Whoever recuses themself says only why. */
function asked({ payload, by = '' }: Seen<object>['event']): { out: string; reason: string } {
  const { expert = by, reason } = payload as { expert?: string; reason: string }
  return { out: expert, reason }
}

import type { Actions, CommandSpec, StateSpec } from '@duban/engine'
import { checkName, checkRoles, type Guards, type Updates } from '../piece.ts'
import { joined, type Seen } from '../fragment.ts'
import { canSupplement, changes, nothingDrawn, type DrawRecord } from '../draw/record.ts'
import { announcementOf, possible, ruleOf, type RuleOptions } from '../draw/rule.ts'
import { payloads, titles, type Verb } from '../draw/words.ts'

export type { DrawRecord, Picked } from '../draw/record.ts'

export type DrawingOptions<Role extends string, DateName extends string = never> = RuleOptions & {
  /** Who announces the draw, and declares it void. */
  by: readonly Role[]
  /** Who enters the seed; default: as `by`. */
  hold?: readonly Role[]
  /** Who must confirm before the result counts, and may declare it void: 纪检监察, 公证. Nobody by default. */
  witness?: readonly Role[]
  /** Who passes over those drawn who cannot take part (顺位递补); without it nobody can. */
  supplement?: readonly Role[]
  /** The date from which the seed may be entered, when the plan says the day of the draw. */
  opens?: DateName
  /** The phrase of the plan. */
  source?: string
}

type Arrow = { target: string; guard?: string; actions?: Actions }

/** `guards` and `updates` go into the machine's own; `context` too. */
export type Drawing<Name extends string, Role extends string, DateName extends string = never> = {
  commands: { [V in Verb as `${Name}.${V}`]: CommandSpec<Role, DateName> }
  context: { [N in Name]: DrawRecord }
  /** With a `pool` from the context: `<name>Possible`, also for your own arrows, says whether it can be drawn. */
  guards: Guards<{ [N in Name]: DrawRecord }>
  updates: Updates<{ [N in Name]: DrawRecord }>
  /** `drawn`: where the machine goes on, and what it does with `context.<name>.picked`. */
  states: (to: { drawn: string | Arrow }) => {
    [state: string]: StateSpec<`${Name}.${Verb}`, never>
  }
  /** For the `on` of states in which a draw may still be supplemented or declared void; leave out what may not be. */
  later: { [V in 'supplement' | 'return' as `${Name}.${V}`]: Arrow }
}

/**
 * 抽取: a draw inside the author's own machine. It is announced (pool, method, source of the seed; their hash
 * is fixed), held when the seed is out, confirmed where somebody must witness it, and then perhaps supplemented
 * (顺位递补) or declared void and done anew, all on record.
 *
 * The machine enters it at `lotAnnouncing`; `context.lot.picked` has the result.
 *
 * @throws {RangeError} saying which option cannot be, and what to do
 * @example
 * const lot = drawing('lot', { by: ['inspector'] })
 * // commands: { ...lot.commands }
 * // machine<Ctx & typeof lot.context>({ guards: { ...lot.guards }, updates: { ...lot.updates } })
 * //   .createMachine({ context: { ...lot.context }, states: { ...lot.states({ drawn: { target: 'inspecting',
 * //     actions: open('inspection', { each: 'context.lot.picked', unit: 'id' }) } }) } })
 */
export function drawing<const Name extends string, const Role extends string, const DateName extends string = never>(
  name: Name,
  options: DrawingOptions<Role, DateName>,
): Drawing<Name, Role, DateName> {
  type Context = { [N in Name]: DrawRecord }
  const { by, hold = by, witness, supplement, opens, source } = options
  checkName('drawing', name)
  const rule = ruleOf(name, options)
  const both = [...new Set([...by, ...(witness ?? [])])]
  const roles = { announce: by, hold, witness, supplement, return: both }
  for (const [option, held] of Object.entries({ by, hold, witness, supplement })) {
    if (held) checkRoles(`drawing «${name}»`, option, held)
  }
  if (rule.method === 'ring' && supplement) {
    throw new RangeError(`drawing «${name}»: supplement: in a ring nobody comes up; leave it out, and draw anew`)
  }
  const phrase = source === undefined ? {} : { source }
  const schemas = payloads(rule)
  const verbs = (Object.keys(schemas) as Verb[]).filter((verb) => roles[verb] !== undefined)
  const command = (verb: Verb) => [
    `${name}.${verb}`,
    {
      title: titles[verb],
      by: roles[verb],
      payload: schemas[verb],
      ...(verb === 'witness' && { notBy: [`${name}.announce`, `${name}.hold`] }),
      ...(verb === 'hold' && opens !== undefined && { opens }),
      ...phrase,
    },
  ]
  const update = (verb: Verb) => [
    verb,
    ({ context, event: { payload, by = '', at } }: Seen<Context>) => {
      const said = verb === 'announce' ? announcementOf(rule, context, payload as object) : payload
      return { [name]: changes[verb](context[name], said as never, { by, at }) }
    },
  ]
  const isRead = Object.keys(rule.read).length > 0
  // A refusal names its guard, and this is why a ring is refused.
  const can = rule.method === 'ring' ? `${name}ThreeOrMore` : `${name}Possible`
  const guards = {
    ...(isRead && {
      [can]: ({ context, event }: Seen<Context>) =>
        possible(rule, context, event.type === `${name}.announce` ? (event.payload as object) : undefined),
    }),
    ...(supplement && {
      [`${name}Spare`]: ({ context, event }: Seen<Context>) =>
        canSupplement(context[name], (event.payload as { ids: string[] }).ids),
    }),
  }
  const arrow = (verb: Verb, to: Arrow): Arrow => ({
    ...to,
    actions: [`${name}${verb[0]?.toUpperCase()}${verb.slice(1)}`, ...[to.actions ?? []].flat()],
  })
  const toVoid = { [`${name}.return`]: arrow('return', { target: `${name}Announcing` }) }
  const states = ({ drawn }: { drawn: string | Arrow }) => {
    const to = typeof drawn === 'string' ? { target: drawn } : drawn
    return {
      [`${name}Announcing`]: {
        meta: { title: titles.announcing, ...phrase },
        on: {
          [`${name}.announce`]: arrow('announce', {
            target: `${name}Holding`,
            ...(isRead && { guard: can }),
          }),
        },
      },
      [`${name}Holding`]: {
        meta: { title: titles.holding, ...phrase },
        on: {
          [`${name}.hold`]: arrow('hold', witness ? { target: `${name}Witnessing` } : to),
          ...toVoid,
        },
      },
      ...(witness && {
        [`${name}Witnessing`]: {
          meta: { title: titles.witnessing, ...phrase },
          on: { [`${name}.witness`]: arrow('witness', to), ...toVoid },
        },
      }),
    }
  }
  return {
    commands: Object.fromEntries(verbs.map(command)),
    context: { [name]: nothingDrawn },
    guards,
    updates: joined(name, Object.fromEntries(verbs.map(update))),
    states,
    later: {
      ...(supplement && {
        [`${name}.supplement`]: { guard: `${name}Spare`, actions: `${name}Supplement` },
      }),
      ...toVoid,
    },
  } as unknown as Drawing<Name, Role, DateName>
}

import type { Actions, CommandSpec, StateSpec } from '@duban/engine'
import { joined, type Seen } from './fragment.ts'
import type { Guards, Updates } from './piece.ts'
import type { Method } from './draw.ts'
import { canSupplement, changes, nothingDrawn, type DrawRecord } from './draw/record.ts'
import { payloads, titles, type Drawable, type Verb } from './draw/words.ts'

export type { DrawRecord, Picked } from './draw/record.ts'

export type DrawingOptions<Role extends string> = {
  /** Who announces the draw, supplements it, and declares it void. */
  by: readonly Role[]
  /** Who enters the seed; default: as `by`. */
  hold?: readonly Role[]
  /** How it is drawn; `plain` by default. What the announcement must say follows from it. */
  method?: Method['method']
  /** What is drawn: participating units (the default), persons, or anything that has an id. */
  of?: Drawable
  /** The phrase of the plan. */
  source?: string
}

type Arrow = { target: string; guard?: string; actions?: Actions }

/** `guards` and `updates` go into the machine's own; `context` too. */
export type Drawing<Name extends string, Role extends string> = {
  commands: { [V in Verb as `${Name}.${V}`]: CommandSpec<Role, never> }
  context: { [N in Name]: DrawRecord }
  guards: Guards<{ [N in Name]: DrawRecord }>
  updates: Updates<{ [N in Name]: DrawRecord }>
  /** `drawn`: where the machine goes on, and what it does with `context.<name>.picked`. */
  states: (to: { drawn: string | Arrow }) => {
    [state: string]: StateSpec<`${Name}.${Verb}`, never>
  }
  /** For the `on` of states in which a draw may still be supplemented or declared void. */
  later: { [V in 'supplement' | 'return' as `${Name}.${V}`]: Arrow }
}

/**
 * 抽取: a draw inside the author's own machine. It is announced (pool, method, source of the seed; their hash
 * is fixed), held when the seed is out, and then supplemented (顺位递补) or declared void and done anew, all on
 * record. Pairs are not supplemented, only drawn anew.
 *
 * The machine enters it at `lotAnnouncing`; `context.lot.picked` has the result.
 *
 * @throws {RangeError} saying which option cannot be, and what to do
 * @example
 * const lot = drawing('lot', { by: ['inspector'] })
 * // commands: { ...lot.commands }
 * // machine<Ctx & typeof lot.context>({ guards: { ...lot.guards }, updates: { ...lot.updates } })
 * //   .createMachine({ context: { ...lot.context }, states: { ...lot.states({ drawn: { target: 'inspecting',
 * //     actions: open('inspection', { each: 'context.lot.picked', unit: 'id' }) } }),
 * //     inspecting: { on: { ...lot.later, 'every.inspection.done': 'concluding' } } } })
 */
export function drawing<const Name extends string, const Role extends string>(
  name: Name,
  options: DrawingOptions<Role>,
): Drawing<Name, Role> {
  type Context = { [N in Name]: DrawRecord }
  const { by, hold = by, method = 'plain', of = 'units', source } = options
  if (!/^[a-z][a-zA-Z0-9]*$/u.test(name)) {
    throw new RangeError(`drawing «${name}»: write a camelCase name, like lot`)
  }
  if (by.length === 0 || hold.length === 0) {
    throw new RangeError(`drawing «${name}»: by, hold: name at least one role`)
  }
  const phrase = source === undefined ? {} : { source }
  const schemas = payloads(method, of)
  // Experts are free or not; who comes up in a pair's place is a matter of the whole draw.
  const verbs = (Object.keys(schemas) as Verb[]).filter(
    (verb) => method !== 'pairs' || verb !== 'supplement',
  )
  const command = (verb: Verb) => [
    `${name}.${verb}`,
    { title: titles[verb], by: verb === 'hold' ? hold : by, payload: schemas[verb], ...phrase },
  ]
  const update = (verb: Verb) => [
    verb,
    ({ context, event: { payload, by = '', at } }: Seen<Context>) => ({
      [name]: changes[verb](context[name], payload as never, { by, at }, method),
    }),
  ]
  const toVoid = { target: `${name}Announcing`, actions: `${name}Return` }
  const later = {
    ...(verbs.includes('supplement') && {
      [`${name}.supplement`]: {
        guard: `${name}Spare`,
        actions: `${name}Supplement`,
      },
    }),
    [`${name}.return`]: toVoid,
  }
  const states = ({ drawn }: { drawn: string | Arrow }) => {
    const to = typeof drawn === 'string' ? { target: drawn } : drawn
    return {
      [`${name}Announcing`]: {
        meta: { title: titles.announcing, ...phrase },
        on: {
          [`${name}.announce`]: { target: `${name}Holding`, actions: `${name}Announce` },
        },
      },
      [`${name}Holding`]: {
        meta: { title: titles.holding, ...phrase },
        on: {
          [`${name}.hold`]: { ...to, actions: [`${name}Hold`, ...[to.actions ?? []].flat()] },
          [`${name}.return`]: toVoid,
        },
      },
    }
  }
  const guards = {
    [`${name}Spare`]: ({ context, event }: Seen<Context>) =>
      canSupplement(context[name], (event.payload as { ids: string[] }).ids),
  }
  return {
    commands: Object.fromEntries(verbs.map(command)),
    context: { [name]: nothingDrawn },
    guards: verbs.includes('supplement') ? guards : {},
    updates: joined(name, Object.fromEntries(verbs.map(update))),
    states,
    later,
  } as unknown as Drawing<Name, Role>
}

import { checkName, somebody, joined, type Seen } from '../block.ts'
import { canSupplement, changes, nothingDrawn, type DrawRecord } from '../draw/record.ts'
import { announcementOf, possible, ruleOf } from '../draw/rule.ts'
import { payloads, titles, type Verb } from '../draw/words.ts'
import type { DrawingOptions, Arrow, Drawing } from './options.ts'

export type { DrawRecord, Picked } from '../draw/record.ts'
export type { DrawingOptions, Drawing } from './options.ts'

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
    if (held) somebody(`drawing «${name}»: ${option}`, held)
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

import { z } from 'zod'
import type { Announcement, Method, Rates } from './announcement.ts'
import { badRates, problems } from './problems.ts'
import type { Drawable } from './drawables.ts'

export type Path = `context.${string}`

/** How a draw inside a machine is held: what the plan fixes. What it leaves open is said in the announcement. */
export type RuleOptions = {
  /** How it is drawn; `rates` when there are some, else `plain`. */
  method?: Method['method']
  /** Per cent of each stratum, rounded up, at least one of each that is not empty; 0 draws none. */
  rates?: Rates
  /** How many in all, when the plan says it. */
  count?: number
  /** How many of each zone, when the plan says it. */
  each?: number
  /** What is drawn: participating units (the default), persons, or anything that has an id. */
  of?: Drawable
  /**
   * Where the instance's context has the pool: ids, or items with an `id` (and the `zone` or `weight` that the
   * method asks for). Without it the pool is said in the announcement.
   */
  pool?: Path
  /** 双随机: each that is drawn gets experts. */
  pairs?: {
    /** How many for each, when the plan says it. */
    perTarget?: number
    /** How many more stand by for each; none by default. */
    reserve?: number
    /** Where the context has the experts: persons' ids, or items with an `id`. */
    experts?: Path
    /** Where the context has who may not go where: `[{ expert, target }]`, by ids. */
    recused?: Path
  }
}

/** What the announcement of a method says besides the pool, the experts and the source of the seed. */
export const asks = {
  plain: ['count'],
  eachZone: ['each'],
  zones: ['count'],
  rates: [],
  weighted: ['count'],
  ring: [],
} as const satisfies { [M in Method['method']]: readonly ('count' | 'each')[] }

export type Rule = {
  name: string
  method: Method['method']
  of: Drawable
  paired: boolean
  /** Members of the announcement that the plan fixes … */
  fixed: { rates?: Rates; count?: number; each?: number; perTarget?: number; reserve?: number }
  /** … and those that are read from the context. */
  read: { pool?: Path; experts?: Path; recused?: Path }
}

/** @throws {RangeError} saying which option cannot be, and what to do */
export function ruleOf(name: string, options: RuleOptions): Rule {
  const { rates, count, each, pool, pairs } = options
  const { method = rates ? 'rates' : 'plain', of = pool === undefined ? 'units' : 'ids' } = options
  const { perTarget, reserve, experts, recused } = pairs ?? {}
  const refuse = (what: string): never => {
    throw new RangeError(`drawing «${name}»: ${what}`)
  }
  if (!Object.hasOwn(asks, method)) {
    refuse(`method: write one of ${Object.keys(asks).join(', ')}; for 双随机 add pairs: {}`)
  }
  if ((method === 'rates') !== (rates !== undefined)) {
    refuse('rates: they belong to the method rates, and it to them: leave method out, or rates')
  }
  for (const { en } of badRates(rates ?? {})) refuse(`rates: ${en}`)
  if (rates && !Object.values(rates).some((rate) => rate > 0)) refuse('rates: all draw nobody')
  const asked: readonly string[] = asks[method]
  for (const [option, value] of Object.entries({ count, each })) {
    if (value !== undefined && !asked.includes(option)) {
      refuse(`${option}: the method ${method} does not ask for it; leave it out`)
    }
  }
  for (const [option, value, least] of [
    ['count', count, 1],
    ['each', each, 1],
    ['pairs.perTarget', perTarget, 1],
    ['pairs.reserve', reserve, 0],
  ] as const) {
    if (value !== undefined && !(Number.isSafeInteger(value) && value >= least)) {
      refuse(`${option}: a whole number from ${least}, not ${value}`)
    }
  }
  const read = { ...some({ pool, experts, recused }) }
  for (const [option, path] of Object.entries(read)) {
    if (!/^context(\.[a-zA-Z]\w*)+$/u.test(path)) {
      refuse(`${option}: write where the context has it, like context.${option}, not «${path}»`)
    }
  }
  if (method === 'ring' && pairs) refuse('pairs: in a ring the units check; leave pairs out')
  return {
    name,
    method,
    of,
    paired: pairs !== undefined,
    fixed: some({ rates, count, each, perTarget, reserve }),
    read,
  }
}

/** The announcement, from what the plan fixes, what the context has, and what is said. */
export function announcementOf(rule: Rule, context: object, said: object): Announcement {
  const { name, method, fixed, read } = rule
  const found = Object.entries(read).map(([member, path]) => {
    const schema = member === 'pool' ? pools[method] : lists[member as 'experts' | 'recused']
    const { success, data, error } = schema.safeParse(at(context, path))
    if (success) return [member, data]
    throw new RangeError(`drawing «${name}»: ${path}: ${z.prettifyError(error)}`)
  })
  return { method, ...fixed, ...Object.fromEntries(found), ...said } as Announcement
}

/** Whether it can be drawn by what is said; while nothing is said yet, whether the least could be. */
export function possible(rule: Rule, context: object, said: object | undefined): boolean {
  const least = Object.fromEntries(asks[rule.method].map((member) => [member, 1]))
  const panel = rule.read.experts === undefined ? {} : { perTarget: 1, recused: [] }
  const presumed = { ...least, ...panel, pool: [], seedSource: '', ...rule.fixed }
  const known = announcementOf(rule, context, said ?? {})
  return problems({ ...presumed, ...known }).length === 0
}

const id = z.string().min(1)
const item = z.looseObject({ id })
const zoned = z.array(z.looseObject({ id, zone: id }))
const plain = z.array(z.union([id, item]))
const pools = {
  plain,
  ring: plain,
  eachZone: zoned,
  zones: zoned,
  rates: zoned,
  weighted: z.array(z.looseObject({ id, weight: z.int().min(1) })),
}
const lists = {
  experts: z.array(z.union([id, item])).transform((all) => all.map((one) => idOf(one))),
  recused: z.array(z.strictObject({ expert: id, target: id })),
}

function idOf(one: string | { id: string }): string {
  return typeof one === 'string' ? one : one.id
}

function at(context: object, path: Path): unknown {
  return path
    .split('.')
    .slice(1)
    .reduce<unknown>((value, key) => (value as { [key: string]: unknown } | null)?.[key], context)
}

/** The members that are given. */
function some<Table extends object>(table: Table): { [K in keyof Table]?: NonNullable<Table[K]> } {
  return Object.fromEntries(Object.entries(table).filter(([, value]) => value !== undefined)) as {
    [K in keyof Table]?: NonNullable<Table[K]>
  }
}

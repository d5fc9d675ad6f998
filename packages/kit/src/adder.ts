import { made } from './block.ts'
import type { Text } from '@duban/engine'
import { z } from 'zod'

/** A number that units report, and how those of many become one. */
export type Figure = {
  title: Text
  /** Default `sum`. */
  add?: 'sum' | 'max' | 'min'
  /** Digits after the point, default 0. Sums are exact to them, in whatever order one adds. */
  decimals?: 0 | 1 | 2
}

export type FigureTable = { readonly [figure: string]: Figure }

/** `count` is of how many. A largest or smallest of none is null. */
export type Totals<Name extends string = string> = { count: number } & {
  [N in Name]: number | null
}

export type Adder<F extends FigureTable> = {
  /** What a person fills in: every figure, 0 or more. */
  schema: z.ZodObject<{ [N in keyof F]: z.ZodNumber }>
  none: Totals<keyof F & string>
  /** The figures of one. */
  one: (figures: { [N in keyof F]: number }) => Totals<keyof F & string>
  add: (a: Totals<keyof F & string>, b: Totals<keyof F & string>) => Totals<keyof F & string>
}

// Sums of as many as there are villages stay below 2^53 hundredths.
const MOST = 1e9

/**
 * Adds figures up (汇总). Order and grouping do not matter, so a county's totals are the same whether its towns
 * added first or not.
 *
 * @throws {RangeError} for a table without figures, or one that calls a figure `count`
 * @example
 * const area = adder({ planted: { title: { zh: '造林', en: 'Planted' } } })
 * area.add(area.one({ planted: 3 }), area.one({ planted: 4 })) // { count: 2, planted: 7 }
 */
export function adder<const F extends FigureTable>(figures: F): Adder<F> {
  const names = Object.keys(figures)
  if (names.length === 0) throw new RangeError('adder: name at least one figure')
  if (names.includes('count')) throw new RangeError('adder: «count» is kept for how many there are')
  const build = (value: (name: string, figure: Figure) => number | null, count: number): Totals => ({
    count,
    ...Object.fromEntries(Object.entries(figures).map(([name, one]) => [name, value(name, one)])),
  })
  const add = (a: Totals, b: Totals): Totals =>
    build((name, figure) => joined(figure, a[name] ?? null, b[name] ?? null), a.count + b.count)
  return made({
    schema: z.strictObject(Object.fromEntries(Object.entries(figures).map(([name, one]) => [name, schemaOf(one)]))),
    none: build((_, one) => (isSum(one) ? 0 : null), 0),
    one: (given: { [name: string]: number }) => build((name, figure) => rounded(given[name] ?? 0, figure), 1),
    add,
  })
}

function joined(figure: Figure, a: number | null, b: number | null): number | null {
  if (a === null) return b
  if (b === null) return a
  if (figure.add === 'max') return Math.max(a, b)
  if (figure.add === 'min') return Math.min(a, b)
  return rounded(a + b, figure)
}

// The nearest number with so many digits: 0.1 + 0.2 is 0.3, whichever was added first.
function rounded(value: number, { decimals = 0 }: Figure): number {
  const scale = 10 ** decimals
  return Math.round(value * scale) / scale
}

function isSum({ add = 'sum' }: Figure): boolean {
  return add === 'sum'
}

function schemaOf({ title, decimals = 0 }: Figure): z.ZodNumber {
  const number = decimals === 0 ? z.int() : z.number()
  return number.min(0).max(MOST).meta({ title: title.zh, description: title.en })
}

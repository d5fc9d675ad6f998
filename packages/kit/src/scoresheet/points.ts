// Points have two decimals at most and are reckoned in whole hundredths: 0.1 + 0.2 is 0.3 here.

/** Points as whole hundredths. @throws {RangeError} when there are more than two decimals */
export function hundredths(points: number): number {
  const whole = Math.round(points * 100)
  if (!Number.isSafeInteger(whole) || Math.abs(points * 100 - whole) > 1e-6) {
    throw new RangeError(`points have two decimals at most, not ${points}`)
  }
  return whole
}

/** The sum of points, exact to the hundredth. */
export function sum(points: readonly number[]): number {
  return points.reduce((total, one) => total + hundredths(one), 0) / 100
}

export type Mean = {
  /** Rounded half up to the hundredth; null when there was nothing to take it of. */
  mean: number | null
  /** How many values were counted. */
  counted: number
}

/**
 * The mean of points. `trim: 1` leaves out one highest and one lowest (去掉一个最高分和一个最低分), if more than
 * two values would be left with one; else all count.
 *
 * @example mean([90, 80, 100], { trim: 1 }) // { mean: 90, counted: 1 }
 */
export function mean(points: readonly number[], { trim = 0 }: { trim?: number } = {}): Mean {
  const sorted = points.map(hundredths).toSorted((a, b) => a - b)
  const left = sorted.length > 2 * trim ? sorted.slice(trim, sorted.length - trim) : sorted
  if (left.length === 0) return { mean: null, counted: 0 }
  const total = left.reduce((whole, one) => whole + one, 0)
  return { mean: share(total, 1, left.length), counted: left.length }
}

/** `whole × part ÷ of` in hundredths, as points, rounded half up. */
export function share(whole: number, part: number, of: number): number {
  return Math.floor((2 * whole * part + of) / (2 * of)) / 100
}

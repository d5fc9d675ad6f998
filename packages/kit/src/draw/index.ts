import { commitment, plainly, rowsOf, type Announcement } from './announcement.ts'
import { comeUp, pairUp, type Pair } from './pairs.ts'
import { problems } from './problems.ts'
import { drawingOrder, type Candidate } from './sample.ts'
import { createStream } from './stream.ts'
import type { Draw } from './options.ts'

export type { Pair } from './pairs.ts'
export type { Announcement, Method, Panel, Rates, Recusal } from './announcement.ts'
export { commitment } from './announcement.ts'
export { problems } from './problems.ts'
export type { Draw } from './options.ts'

/**
 * Draws. The same announcement and seed give the same result for ever, in any order of the pool. `absent` are
 * passed over one after another, and those next in the row come up in their place (顺位递补). Who stays keeps
 * their experts; a ring closes over the gap.
 *
 * The algorithm is written down in `kit/draw.md`, with vectors to test another implementation by.
 *
 * @throws {RangeError} when `problems` has something to say
 * @example
 * draw({ method: 'plain', pool: ['a', 'b', 'c'], count: 1, seedSource: '12月1日双色球' }, '03 07 12').drawn
 */
export function draw(announcement: Announcement, seed: string, absent: readonly string[] = []): Draw {
  const [problem] = problems(announcement, absent)
  if (problem) throw new RangeError(problem.en)
  const committed = commitment(announcement)
  const order = (label: string, candidates: readonly Candidate[]): string[] =>
    drawingOrder(candidates, createStream(committed, seed, label))
  const rows = rowsOf(announcement).map(({ label, candidates, share }) => ({
    row: order(label, candidates),
    share,
  }))
  const without = (gone: ReadonlySet<string>): string[] =>
    rows.flatMap(({ row, share }) => row.filter((id) => !gone.has(id)).slice(0, share))
  const drawn = without(new Set(absent))
  const result = (pairs: Pair[]): Draw => ({ commitment: committed, seed, drawn, pairs })

  if (announcement.method === 'ring') return result(ringOf(drawn))
  if (!announcement.experts) return result([])
  const panel = { ...announcement, experts: order('experts', announcement.experts.map(plainly)) }
  const first = pairUp(without(new Set()), panel)
  if (!first) throw new Error('problems() had found enough experts for each target')
  const gone = new Set<string>()
  return result(absent.reduce((pairs, one) => comeUp(pairs, without(gone.add(one)), panel), first))
}

/** In the drawn order each checks the next, and the last the first. */
function ringOf(drawn: readonly string[]): Pair[] {
  return drawn.map((checker, n) => ({
    target: drawn[(n + 1) % drawn.length] ?? checker,
    experts: [checker],
    reserve: [],
  }))
}

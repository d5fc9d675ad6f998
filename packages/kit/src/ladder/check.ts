import type { LadderOptions, LadderTable } from './options.ts'
import { checkName, somebody } from '../block.ts'
import { order, rungs, type Rung } from './rungs.ts'

/** @throws {RangeError} naming the rung that cannot be */
export function checkLadder(name: string, table: LadderTable, used: Rung[], { from }: LadderOptions): void {
  checkName('ladder', name)
  const wrong = (what: string): never => {
    throw new RangeError(`ladder «${name}»: ${what}`)
  }
  const strange = Object.keys(table).find((rung) => !Object.hasOwn(rungs, rung))
  if (strange !== undefined) wrong(`there is no rung «${strange}»; there are ${order.join(', ')}`)
  if (used.length === 0) wrong(`name at least one rung of ${order.join(', ')}`)
  if (from !== undefined && !/^context\.[A-Za-z]\w*$/u.test(from)) {
    wrong('from: name the day in the context, like context.dueOn')
  }
  used.forEach((rung, index) => {
    const { by, after } = table[rung] ?? {}
    if (by !== undefined) somebody(`ladder «${name}»: ${rung}.by`, by)
    if (after === undefined) {
      if (by === undefined) wrong(`${rung}: say by whom, or after what time it comes by itself`)
      return
    }
    const [text, example] =
      from === undefined
        ? (['from the rung before', 'entry + 3 workdays'] as const)
        : (['a time after the day', '0 days or 5 days'] as const)
    if (!(from === undefined ? /^entry(?: |$)/u : TIME).test(after)) {
      wrong(
        `${rung}.after: count ${text}, like ${example}` +
          (from === undefined && TIME.test(after) ? '; or say from which day, from: context.dueOn' : ''),
      )
    }
    const below = used.slice(0, index).find((one) => table[one]?.after === undefined)
    if (below !== undefined) {
      wrong(`${rung}.after: «${below}» below it waits for people; only the first rungs come by themselves`)
    }
    const before = table[used[index - 1] ?? rung]?.after ?? after
    if (from !== undefined && isEarlier(after, before)) {
      wrong(`${rung}.after: ${after} is before the rung below it, ${before}`)
    }
  })
}

const TIME = /^(?<count>\d{1,3}) (?<unit>day|workday|week|month)s?$/u

/** Only times of the same unit can be compared without a calendar. */
function isEarlier(time: string, other: string): boolean {
  const [one, two] = [TIME.exec(time)?.groups, TIME.exec(other)?.groups]
  return one?.['unit'] === two?.['unit'] && Number(one?.['count']) < Number(two?.['count'])
}

/** The rule of a rung's date. */
export function ruleOf(after: string, from: string | undefined): string {
  if (from === undefined) return after
  return Number.parseInt(after, 10) === 0 ? from : `${from} + ${after}`
}

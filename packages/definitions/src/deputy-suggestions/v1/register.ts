import { satisfactionStatistics, type Rated, type Statistics } from '@duban/kit'
import type { Assignment, Closed, Suggestion } from './payloads.ts'

/** A suggestion as it was filed, under the number that it got. */
export type Filed = Suggestion & { no: number; by: string; at: string }

/** What a matter is opened with: the assignment, and whose suggestions it comes from. */
export type Assigned = Assignment & {
  /** 领衔代表: who filed the first of them, and rates the reply. */
  lead: string
  filers: string[]
}

/** Numbers that no suggestion has. */
export function unknown(filed: readonly Filed[], matters: readonly Assignment[]): number[] {
  return matters.flatMap(({ from }) => from).filter((no) => no > filed.length)
}

export function assigned(filed: readonly Filed[], matters: readonly Assignment[]): Assigned[] {
  return matters.map((matter) => {
    const its = matter.from.flatMap((no) => filed[no - 1] ?? [])
    const filers = [...new Set(its.flatMap(({ by, cosigners = [] }) => [by, ...cosigners]))]
    return { ...matter, lead: filers[0] ?? '', filers }
  })
}

export type Figures = {
  suggestions: number
  matters: number
  /** 代表履职登记: how many each deputy filed. */
  byDeputy: { [person: string]: number }
  /** A, B, C, and what was never answered. */
  outcomes: { [outcome in Closed['outcome']]: number }
  /** 解决率: solved or in a plan, of all that are closed, per cent. */
  solvedRate: number | null
  /** 列入年度计划: for next year's plan and budget. */
  planned: string[]
  key: number
  satisfaction: Statistics & { byUnit: { [unit: string]: Statistics } }
}

/** The numbers of the report, counted and not written by hand. */
export function figures(filed: readonly Filed[], closed: readonly Closed[], rated: readonly Rated[]): Figures {
  const count = (outcome: Closed['outcome']): number => closed.filter((one) => one.outcome === outcome).length
  const outcomes = {
    solved: count('solved'),
    planned: count('planned'),
    explained: count('explained'),
    unanswered: count('unanswered'),
  }
  const solved = outcomes.solved + outcomes.planned
  const deputies = [...Map.groupBy(filed, ({ by }) => by)].toSorted(([a], [b]) => (a < b ? -1 : 1))
  return {
    suggestions: filed.length,
    matters: closed.length,
    byDeputy: Object.fromEntries(deputies.map(([person, its]) => [person, its.length])),
    outcomes,
    solvedRate: closed.length === 0 ? null : Math.round((1000 * solved) / closed.length) / 10,
    planned: closed.filter(({ outcome }) => outcome === 'planned').map(({ title }) => title),
    key: closed.filter(({ key }) => key).length,
    satisfaction: satisfactionStatistics(rated),
  }
}

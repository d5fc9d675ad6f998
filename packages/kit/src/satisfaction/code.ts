import type { Outcome, Rating } from './statistics.ts'

type Done = { by: string; at: string }

/** One matter's answers and what was thought of them. Plain JSON, in the author's context. */
export type Handling<Answer = unknown> = {
  answers: (Answer & Done)[]
  ratings: ({ rating: Rating; opinion?: string } & Done)[]
  decisions: ({ decision: 'close' | 'again'; reason: string } & Done)[]
  /** The first and the last rating; `unrated` until there is one. */
  first: Outcome
  outcome: Outcome
  /** How many answers were given. */
  count: number
}

export const unanswered: Handling<never> = {
  answers: [],
  ratings: [],
  decisions: [],
  first: 'unrated',
  outcome: 'unrated',
  count: 0,
}

type Within<Name extends string> = {
  context: { [N in Name]: Handling }
  event: { type: string; payload?: unknown; by?: string; at: string }
}
export type SatisfactionCode<Name extends string> = {
  guards: { [name: string]: (seen: Within<Name>) => boolean }
  updates: { [name: string]: (seen: Within<Name>) => { [N in Name]: never } }
}

/** What one of the three commands says; the schemas have seen to it that its own members are there. */
type Payload = { rating: Rating; opinion?: string; decision: 'close' | 'again'; reason: string }
type Given = { handling: Handling; payload: Payload; done: Done }

/** The guards and updates of one matter's handling, under names of its own. */
export function satisfactionCode(name: string, again: number): SatisfactionCode<string> {
  const given = ({ context, event }: Within<string>): Given => ({
    handling: context[name] as Handling,
    payload: event.payload as Payload,
    done: { by: event.by ?? '', at: event.at },
  })
  const guard = (which: string, passes: (from: Given) => boolean) =>
    [name + which, (seen: Within<string>) => passes(given(seen))] as const
  const update = (which: string, next: (from: Given) => Handling) =>
    [name + which, (seen: Within<string>) => ({ [name]: next(given(seen)) as never })] as const

  return {
    guards: Object.fromEntries([
      guard('Content', ({ payload }) => payload.rating !== 'not'),
      // The rating at hand is not among them yet: with two times again, the first and the second are handled again.
      guard('MayAgain', ({ handling }) => handling.ratings.length < again),
      guard('DecidesAgain', ({ payload }) => payload.decision === 'again'),
    ]),
    updates: Object.fromEntries([
      update('Answer', ({ handling, payload, done }) => ({
        ...handling,
        answers: [...handling.answers, { ...payload, ...done }],
        count: handling.count + 1,
      })),
      // What counts is what was thought of the last answer.
      update('Unrated', ({ handling }) => ({ ...handling, outcome: 'unrated' as const })),
      update('Rate', ({ handling, payload, done }) => ({
        ...handling,
        ratings: [...handling.ratings, { ...payload, ...done }],
        first: handling.ratings.length === 0 ? payload.rating : handling.first,
        outcome: payload.rating,
      })),
      update('Decide', ({ handling, payload, done }) => ({
        ...handling,
        decisions: [...handling.decisions, { ...payload, ...done }],
      })),
    ]),
  }
}

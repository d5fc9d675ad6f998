import { ratings } from './statistics.ts'
import type { CommandSpec, DateSpec, MessageSpec, StateSpec, Text } from '@duban/engine'
import { z } from 'zod'
import type { SampleForms } from '../sampleForms.ts'
import type { Handling, SatisfactionCode } from './code.ts'
import type { Rated } from './statistics.ts'

export type SatisfactionOptions = {
  title: Text
  /** Who answers: as a rule the unit's own role. */
  answer: readonly string[]
  /** Who rates the answer. Never whoever gave it. */
  rate: readonly string[]
  /** The member of the context that names the person, or persons, who alone rate; default: any holder of the role. */
  filer?: string
  /** Whose decision ends it when it was unsatisfactory too often, or when no answer comes. */
  decide: readonly string[]
  /** How many times an unsatisfactory answer is handled again before that; default 1. */
  again?: number
  /** The date of the first answer, from your own table: `due: 'context.dueOn'` gives each its own. */
  due: string
  /** The time of each further answer, counted from the rating; default `entry + 1 months`. */
  againDue?: string
  /** The time for the rating; whoever says nothing until then counts as unrated. Default `entry + 15 days`. */
  rateDue?: string
  /** What an answer says; default `{ text, evidence? }`. */
  payload?: z.ZodObject
  /** The member of the context that names the unit that answers: then the parent is told the ratings. */
  unit?: string
  sources?: { answer?: string; rate?: string; decide?: string }
}

export const words = z.string().trim().min(1).max(4000)

export const Answer = z.strictObject({
  text: words,
  evidence: z
    .array(z.string().regex(/^[0-9a-f]{64}$/u))
    .max(50)
    .optional(),
})

export const outcome = z.enum([...ratings, 'unrated'])

export const Told = z.strictObject({ unit: z.string(), first: outcome, last: outcome, answers: z.int() })

type AnswerOf<O extends SatisfactionOptions> = O['payload'] extends z.ZodObject
  ? z.output<O['payload']>
  : z.output<typeof Answer>

type RoleOf<O extends SatisfactionOptions> = (O['answer'] | O['rate'] | O['decide'])[number]

type CommandName<Name extends string> = `${Name}.${'answer' | 'rate' | 'decide'}`

export type Satisfaction<Name extends string, O extends SatisfactionOptions> = {
  commands: { [C in CommandName<Name>]: CommandSpec<RoleOf<O>, never> }
  /** `replyAgain` and `replyRating`, which count from the entry. */
  dates: { [D in `${Name}${'Again' | 'Rating'}`]: DateSpec }
  /** With `unit`: `reply.rated`, which the parent must hear. */
  messages: O['unit'] extends string ? { [M in `${Name}.rated`]: MessageSpec & { payload: typeof Told } } : object
  context: { [N in Name]: Handling<AnswerOf<O>> }
  /** The state `name`, from the waiting for an answer on; then the machine goes to `done`. */
  states: (arrows: { done: string }) => {
    [N in Name]: StateSpec<CommandName<Name>, O['due'] | `${Name}${'Again' | 'Rating'}`>
  }
  /** Mostly content; a decision mostly closes. */
  sampleForms: SampleForms
  /** For the parent, with `unit`: it keeps all ratings in `context.replyRatings`. */
  parent: {
    context: { [N in `${Name}Ratings`]: Rated[] }
    updates: {
      [name: string]: (seen: { context: { [N in `${Name}Ratings`]: Rated[] }; event: { payload?: unknown } }) => {
        [N in `${Name}Ratings`]: Rated[]
      }
    }
    on: O['unit'] extends string ? { [M in `${Name}.rated`]: { actions: string } } : object
  }
} & SatisfactionCode<Name>

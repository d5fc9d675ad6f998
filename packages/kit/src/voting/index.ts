import { personId, type CommandSpec, type Text } from '@duban/engine'
import { z } from 'zod'
import type { Form } from '../sampleForms.ts'
import { ballot, type Outcome } from '../ballot/index.ts'
import type { Done, Seen } from '../block.ts'
import type { VotingRecord, VotingOptions, Verb, Result, Voting } from './options.ts'

export type { VotingRecord, VotingOptions, Voting } from './options.ts'

const titles = {
  open: { zh: '提请表决', en: 'Put to the vote' },
  cast: { zh: '投票', en: 'Vote' },
  close: { zh: '结束表决', en: 'Close the vote' },
  opening: { zh: '待提请表决', en: 'To be put to the vote' },
  voting: { zh: '表决中', en: 'Voting' },
  counted: { zh: '计票', en: 'Counting' },
} as const satisfies { [name: string]: Text }

/**
 * 表决: an open vote inside the author's own machine, one vote for each of those whom the chair named. It closes
 * when all have voted, when the chair closes it, or on its date; who has not voted counts as absent.
 *
 * @throws {RangeError} for a vote without a motion, and whatever `ballot` refuses
 * @example
 * const vote = voting('vote', { chair: ['lead'], voters: ['member'], closes: 'voted',
 *   options: { yes: { title }, no: { title }, abstain: { title } }, motion: { carry: 'yes', against: 'no' } })
 * // states: { ...vote.states({ carried: 'approved', lost: 'rejected', noQuorum: 'voteOpening' }) }
 */
export function voting<
  const Name extends string,
  const Option extends string,
  const Role extends string,
  const DateName extends string = never,
>(name: Name, options: VotingOptions<Option, Role, DateName>): Voting<Name, Option, Role, DateName> {
  const { chair, voters, closes, source } = options
  if (!options.motion) throw new RangeError(`voting «${name}»: say which option carries the motion`)
  if (chair.length === 0 || voters.length === 0) {
    throw new RangeError(`voting «${name}»: chair, voters: name at least one role`)
  }
  const { carry, against } = options.motion
  type Context = { [N in Name]: VotingRecord<Option> }
  const paper = ballot<Option>(options)
  const phrase = source === undefined ? {} : { source }
  const people = z
    .array(personId())
    .min(1)
    .max(3000)
    .refine((all) => new Set(all).size === all.length, {
      error: '表决人重复 / somebody is named twice',
    })
  const motion = z.string().trim().min(1).max(2000)
  const commands: { [V in Verb]: CommandSpec } = {
    open: { title: titles.open, by: chair, payload: z.strictObject({ motion, voters: people }) },
    cast: {
      title: titles.cast,
      by: voters,
      payload: z.strictObject({ choice: paper.choice }),
      only: `context.${name}.pending`,
    },
    close: { title: titles.close, by: chair, payload: z.strictObject({}) },
  }
  const update =
    (change: (record: VotingRecord<Option>, payload: never, done: Done) => object) =>
    ({ context, event: { payload, by = '', at } }: Seen<Context>) => ({
      [name]: { ...context[name], ...change(context[name], payload as never, { by, at }) },
    })
  const updates = {
    [`${name}Open`]: update((_, said: { motion: string; voters: string[] }) => ({
      ...nothingVoted,
      ...said,
      pending: said.voters,
    })),
    [`${name}Cast`]: update(({ pending, votes }, { choice }: { choice: Option }, done) => ({
      pending: pending.filter((one) => one !== done.by),
      votes: [...votes, { choice, ...done }],
    })),
    [`${name}Count`]: update(({ votes, voters: all }) => {
      const count = paper.tally(
        votes.map(({ choice }) => choice),
        all.length,
      )
      return { count, outcome: paper.outcome(count) }
    }),
  }
  const resultIs =
    (result: Outcome['result']) =>
    ({ context }: Seen<Context>) =>
      context[name].outcome?.result === result
  const guards = {
    [`${name}Complete`]: ({ context }: Seen<Context>) => context[name].pending.length === 0,
    // Nobody votes in another's place (代理): the vote is given in person.
    [`${name}InPerson`]: ({ context, event: { by = '' } }: Seen<Context>) => context[name].pending.includes(by),
    [`${name}Carried`]: resultIs('carried'),
    [`${name}Lost`]: resultIs('lost'),
  }
  const counted = `${name}Counted`
  const states = (to: { [R in Result]: string }) => ({
    [`${name}Opening`]: {
      meta: { title: titles.opening, ...phrase },
      on: {
        [`${name}.open`]: { target: `${name}Voting`, actions: `${name}Open` },
      },
    },
    [`${name}Voting`]: {
      meta: { title: titles.voting, ...phrase },
      on: {
        [`${name}.cast`]: { guard: `${name}InPerson`, actions: `${name}Cast` },
        [`${name}.close`]: counted,
      },
      ...(closes !== undefined && { after: { [closes]: counted } }),
      always: { guard: `${name}Complete`, target: counted },
    },
    [counted]: {
      meta: { title: titles.counted, ...phrase },
      entry: `${name}Count`,
      always: [
        { guard: `${name}Carried`, target: to.carried },
        { guard: `${name}Lost`, target: to.lost },
        { target: to.noQuorum },
      ],
    },
  })
  return {
    commands: Object.fromEntries(
      (Object.keys(commands) as Verb[]).map((verb) => [`${name}.${verb}`, { ...commands[verb], ...phrase }]),
    ),
    context: { [name]: nothingVoted },
    guards,
    updates,
    sampleForms: {
      [`${name}.cast`]: ({ pick }: Form) => ({
        choice: pick([carry, carry, against, carry, ...Object.keys(options.options)]),
      }),
    },
    states,
  } as unknown as Voting<Name, Option, Role, DateName>
}

const nothingVoted: VotingRecord<never> = {
  motion: '',
  voters: [],
  pending: [],
  votes: [],
  count: null,
  outcome: null,
}

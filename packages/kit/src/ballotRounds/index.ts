import { Reason, somebody, words, type Seen, done, checkName } from '../block.ts'
import { z } from 'zod'
import type { Form } from '../sampleForms.ts'
import { ballot, type BallotOptions } from '../ballot/index.ts'
import { roundStates, type RoundArrows } from '../ballot/rounds.ts'
import type { BallotRoundsOptions, BallotRecord, BallotRounds } from './options.ts'

export type { BallotRoundsOptions, BallotRecord, BallotRounds } from './options.ts'

/**
 * 测评, held until it counts: a secret ballot, counted on the spot, as states of the author's own machine. Without
 * a quorum it is held again by a day of its own. A valid one that falls short takes the arrow `below`, and comes
 * back when the author's machine returns to `<name>`; the last of `most` takes `exhausted`.
 *
 * @throws {RangeError} saying which option cannot be, and whatever `ballot` refuses
 * @example
 * const poll = ballotRounds('poll', { title, by: ['office'], due: 'polled', waive: ['lead'],
 *   options: { content: { title }, basically: { title }, not: { title } },
 *   quorum: { of: 'eligible', share: 'twoThirds' },
 *   threshold: { options: ['content', 'basically'], share: { percent: 80 } } })
 * // states: { ...poll.states({ reached: 'scoring', below: 'mending', exhausted: 'interview', waived: 'scoring' }),
 * //   mending: { on: { 'mending.report': 'poll' }, … }
 */
export function ballotRounds<
  const Name extends string,
  const Option extends string,
  const O extends Omit<BallotRoundsOptions, keyof BallotOptions>,
>(name: Name, options: BallotOptions<Option> & O): BallotRounds<Name, Option, O> {
  const { title, by, waive, source, most = 2 } = options
  check(name, options)
  type Context = { [N in Name]: BallotRecord<Option> }
  const paper = ballot<Option>(options)
  const Payload = z.strictObject({ count: paper.count, note: words.optional() })
  type Said = z.output<typeof Payload> & { reason: string }
  const phrase = source === undefined ? {} : { source }
  const said = ({ event }: Seen<Context>) => event.payload as Said
  const update = (change: (record: BallotRecord<Option>, seen: Seen<Context>) => object) => (seen: Seen<Context>) => ({
    [name]: { ...seen.context[name], ...change(seen.context[name], seen) },
  })
  const last = ({ context }: Seen<Context>) => context[name].counts.at(-1)
  return {
    commands: {
      [`${name}.count`]: {
        title: { zh: `${title.zh}计票`, en: `Count: ${title.en}` },
        by: somebody(`ballotRounds «${name}»: by`, by),
        payload: Payload,
        ...phrase,
      },
      ...(waive && {
        [`${name}.waive`]: {
          title: { zh: `决定不再${title.zh}`, en: `No ballot: ${title.en}` },
          by: somebody(`ballotRounds «${name}»: waive`, waive),
          payload: Reason,
        },
      }),
    },
    dates: {
      [`${name}Again`]: {
        title: { zh: `再次${title.zh}`, en: `Held again: ${title.en}` },
        due: options.againDue ?? 'entry + 10 workdays',
        remind: ['-3 workdays'],
      },
    },
    context: { [name]: { counts: [], below: 0, waived: null } },
    guards: {
      [`${name}Before`]: ({ context }: Seen<Context>) => context[name].counts.length > 0,
      [`${name}Void`]: (seen: Seen<Context>) => paper.outcome(said(seen).count).result === 'noQuorum',
      [`${name}Reached`]: (seen: Seen<Context>) => last(seen)?.result === 'carried',
      [`${name}Exhausted`]: ({ context }: Seen<Context>) => context[name].below >= most,
    },
    updates: {
      [`${name}Take`]: update(({ counts, below }, seen) => {
        const payload = said(seen)
        const outcome = paper.outcome(payload.count)
        return {
          counts: [...counts, { ...payload, ...outcome, ...done(seen.event) }],
          below: below + (outcome.result === 'lost' ? 1 : 0),
        }
      }),
      ...(waive && {
        [`${name}Waive`]: update((_, seen) => ({
          waived: { reason: said(seen).reason, ...done(seen.event) },
        })),
      }),
    },
    states: (to: RoundArrows) => roundStates(name, options, to),
    sampleForms: { [`${name}.count`]: (form: Form) => ({ count: paper.sampleForm(form) }) },
  } as unknown as BallotRounds<Name, Option, O>
}

function check(name: string, { most = 2, againDue, motion, threshold }: BallotRoundsOptions): void {
  checkName('ballotRounds', name)
  const wrong = (option: string, advice: string): never => {
    throw new RangeError(`ballotRounds «${name}»: ${option}: ${advice}`)
  }
  if (!motion && !threshold) wrong('threshold', 'say what it must reach, or name a motion')
  if (!Number.isSafeInteger(most) || most < 1) wrong('most', 'a whole number from 1, like 2')
  if (againDue !== undefined && !againDue.startsWith('entry ')) {
    wrong('againDue', 'count from the entry, like entry + 2 weeks')
  }
}

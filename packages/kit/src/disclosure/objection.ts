import { notify, tell, type Kind, type StateSpec } from '@duban/engine'
import { done, given, kindOf, type Done, type Seen, type Titled } from '../block.ts'
import type { DisclosureOptions } from './options.ts'
import type { Outcome } from './commands.ts'
import type { Ended } from './code.ts'

/** One objection: what was said, by whom, and what came of it. */
export type Objection = {
  text: string
  /** Somebody without an account, for whom `by` registered it. */
  from: string | null
  verified: ({ findings: string } & Done) | null
  answer: ({ outcome: Outcome; text: string } & Done) | null
  decided: ({ reason: string } & Done) | null
  outcome: Ended['outcome'] | null
} & Done

/** An objection with a clock of its own, from the day on which it came. It tells what it is a child of. */
export function objectionKind(name: string, options: DisclosureOptions): Kind {
  const { title, verify, answer, decide, called, source } = options
  const it = called ?? { zh: '异议', en: 'Objection' }
  const named = (zh: string, en: string) => ({ title: { zh: it.zh + zh, en: `${it.en}: ${en}` } })
  const to = (state: string): string => `#${name}Objection.${state}`
  const who = [...new Set([...(verify ?? []), ...answer])]
  const about = { zh: `{unit}${title.zh}`, en: `${title.en} of {unit}` }
  const answered = {
    [`${name}.answer`]: [
      { guard: 'accepts', target: to('accepted'), actions: 'answer' },
      { target: to('rejected'), actions: 'answer' },
    ],
  }
  const byDecision = { [`${name}.decide`]: { target: to('decided'), actions: 'decide' } }
  const verifying = { [`${name}.verify`]: { target: 'answering', actions: 'verify' } }
  /** 核实 before 答复 where the plan says so, both in the one time. */
  const steps = (late: boolean, also: StateSpec['on'] = {}): StateSpec =>
    verify === undefined
      ? { on: { ...answered, ...also } }
      : {
          initial: 'verifying',
          on: also,
          states: {
            verifying: {
              meta: late ? named('逾期待核实', 'overdue, to be verified') : named('待核实', 'to be verified'),
              on: verifying,
              always: { guard: 'verified', target: 'answering' },
            },
            answering: {
              meta: late
                ? named('逾期待答复', 'overdue, verified, to be answered')
                : named('已核实待答复', 'verified, to be answered'),
              on: answered,
            },
          },
        }
  const ended = (zh: string, en: string, tags: string[]): StateSpec => ({
    meta: named(zh, en),
    type: 'final',
    tags: ['answered', ...tags],
    entry: tell('parent', `${name}.ended`, { outcome: 'context.outcome' }),
  })

  const spec: Titled = {
    meta: {
      title: { zh: title.zh + it.zh, en: `${title.en}: ${it.en}` },
      ...given('source', source),
    },
    initial: 'open',
    states: {
      open: {
        meta: named('待答复', 'to be answered'),
        entry: notify(who, {
          zh: `${about.zh}收到${it.zh}，请于{due}前答复`,
          en: `${about.en}: ${it.en.toLowerCase()}, to be answered by {due}`,
        }),
        after: { [`${name}Answered`]: 'overdue' },
        ...steps(false),
      },
      overdue: {
        meta: named('逾期未答复', 'answer overdue'),
        tags: 'overdue',
        entry: notify([...new Set([...who, ...decide])], {
          zh: `${about.zh}${it.zh}逾期未答复`,
          en: `${about.en}: ${it.en.toLowerCase()} not answered in time`,
        }),
        ...steps(true, byDecision),
      },
      rejected: ended('不予采纳', 'not accepted', []),
      accepted: ended('采纳', 'accepted', ['accepted']),
      decided: ended('经决定了结', 'ended by decision', ['decided']),
    },
  }
  return kindOf(spec, begun, { guards, updates })
}

const begun = ({ input }: { input: unknown }): Objection => ({
  ...({ from: null, ...(input as object) } as Pick<Objection, 'text' | 'from' | 'by' | 'at'>),
  verified: null,
  answer: null,
  decided: null,
  outcome: null,
})

type Its = Seen<Objection>
const guards = {
  accepts: ({ event }: Its) => (event.payload as Ended).outcome === 'accepted',
  verified: ({ context }: Its) => context.verified !== null,
}
const updates = {
  verify: ({ event }: Its): Partial<Objection> => ({
    verified: { ...(event.payload as { findings: string }), ...done(event) },
  }),
  answer: ({ event }: Its): Partial<Objection> => {
    const { outcome, text } = event.payload as { outcome: Outcome; text: string }
    return { answer: { outcome, text, ...done(event) }, outcome }
  },
  decide: ({ event }: Its): Partial<Objection> => ({
    decided: { ...(event.payload as { reason: string }), ...done(event) },
    outcome: 'decided',
  }),
}

import { done, joined, part, type Changed, type Done, type Seen } from '../fragment.ts'

/** `rejected`: 不予采纳, it stays as it is. `accepted`: 采纳, it is revised and made public again. */
export const outcomes = {
  rejected: { zh: '不予采纳', en: 'Not accepted' },
  accepted: { zh: '采纳', en: 'Accepted' },
} as const
export type Outcome = keyof typeof outcomes
export type Answer = { outcome: Outcome; text: string } & Done
export type Objection = { text: string; answer: Answer | null } & Done

export type Disclosure<Published> = {
  published: (Published & Done) | null
  /** How often it was made public. */
  times: number
  /** To what is public now, oldest first; earlier ones are in the history. */
  objections: Objection[]
  decided: ({ reason: string } & Done) | null
}

/** Objections that wait for an answer. */
export function openObjections({ objections }: { objections: readonly Objection[] }): Objection[] {
  return objections.filter(({ answer }) => answer === null)
}

export function disclosureCode<const Name extends string>(name: Name) {
  const { of, change } = part<Disclosure<object>>(name)
  const open = (context: object): Objection[] => openObjections(of(context))

  const guards = joined(name, {
    settled: ({ context }: Seen<object>) => open(context).length === 0,
    last: ({ context }: Seen<object>) => open(context).length === 1,
    accepted: ({ context }: Seen<object>) =>
      of(context).objections.some(({ answer }) => answer?.outcome === 'accepted'),
  })
  const updates = joined(name, {
    publish: ({ context, event }: Seen<object>): Changed =>
      change(context, {
        published: { ...(event.payload as object), ...done(event) },
        times: of(context).times + 1,
        objections: [],
      }),
    object: ({ context, event }: Seen<object>): Changed => {
      const { text } = event.payload as { text: string }
      const objection = { text, answer: null, ...done(event) }
      return change(context, { objections: [...of(context).objections, objection] })
    },
    answer: ({ context, event }: Seen<object>): Changed => {
      const answer = { ...(event.payload as Omit<Answer, keyof Done>), ...done(event) }
      const { objections } = of(context)
      const oldest = objections.findIndex((one) => one.answer === null)
      return change(context, {
        objections: objections.map((one, n) => (n === oldest ? { ...one, answer } : one)),
      })
    },
    decide: ({ context, event }: Seen<object>): Changed =>
      change(context, { decided: { ...(event.payload as { reason: string }), ...done(event) } }),
  })

  return { guards, updates }
}

import { done, joined, part, type Changed, type Done, type Seen } from '../block.ts'
import type { Outcome } from './commands.ts'

export type Disclosure<Published> = {
  published: (Published & Done & { approved?: Approval }) | null
  /** What was submitted for review, until it is public or returned. */
  submitted: (Published & Done) | null
  /** How often it was made public. */
  times: number
  /** How many objections came, and how many of them wait for an answer: each is a child of its own. */
  received: number
  open: number
  /** Accepted since it was last revised. */
  accepted: number
  returned: ({ reason: string } & Done) | null
  decided: ({ reason: string } & Done) | null
}
type Approval = { opinion?: string } & Done

export const unpublished: Disclosure<never> = {
  published: null,
  submitted: null,
  times: 0,
  received: 0,
  open: 0,
  accepted: 0,
  returned: null,
  decided: null,
}

/** How an objection ended; `decided`: nobody answered, and it was closed by decision. */
export type Ended = { outcome: Outcome | 'decided' }

export function disclosureCode<const Name extends string>(name: Name) {
  const { of, change } = part<Disclosure<object>>(name)

  const guards = joined(name, {
    settled: ({ context }: Seen<object>) => of(context).open === 0,
    accepted: ({ context }: Seen<object>) => of(context).accepted > 0,
    first: ({ context }: Seen<object>) => of(context).times === 0,
  })
  const updates = joined(name, {
    publish: ({ context, event }: Seen<object>): Changed =>
      change(context, {
        published: { ...(event.payload as object), ...done(event) },
        times: of(context).times + 1,
        accepted: 0,
      }),
    submit: ({ context, event }: Seen<object>): Changed =>
      change(context, {
        submitted: { ...(event.payload as object), ...done(event) },
        returned: null,
        accepted: 0,
      }),
    approve: ({ context, event }: Seen<object>): Changed => {
      const { submitted, times } = of(context)
      const approved = { ...(event.payload as { opinion?: string }), ...done(event) }
      const published = submitted && { ...submitted, approved }
      return change(context, { published, submitted: null, times: times + 1 })
    },
    return: ({ context, event }: Seen<object>): Changed => {
      const returned = { ...(event.payload as { reason: string }), ...done(event) }
      return change(context, { submitted: null, returned })
    },
    object: ({ context }: Seen<object>): Changed => {
      const { received, open } = of(context)
      return change(context, { received: received + 1, open: open + 1 })
    },
    ended: ({ context, event }: Seen<object>): Changed => {
      const { open, accepted } = of(context)
      const { outcome } = event.payload as Ended
      return change(context, {
        open: open - 1,
        accepted: accepted + (outcome === 'accepted' ? 1 : 0),
      })
    },
    // What is open is answered all the same; what was accepted is not revised any more.
    decide: ({ context, event }: Seen<object>): Changed =>
      change(context, {
        decided: { ...(event.payload as { reason: string }), ...done(event) },
        submitted: null,
        accepted: 0,
      }),
  })

  return { guards, updates }
}

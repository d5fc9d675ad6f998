import type { z } from 'zod'
import type { RectificationOptions } from './options.ts'
import { stepsOf } from './steps.ts'
import type { payloads, Verb } from './words.ts'

/** Who did it, and when. */
type Done = { by: string; at: string }
type Said<V extends Verb> = z.output<(typeof payloads)[V]> & Done

/** The context of one thing to put right, beside what it was opened with. */
export type Rectified = {
  plan: Said<'plan'> | null
  /** The day that the plan set itself, for a date with `due: 'context.finishOn'`. */
  finishOn: string | null
  results: Said<'rectify'>[]
  /** Why verifiers returned it, each time; `step` where there are several. */
  returns: (Said<'return'> & { step?: string })[]
  /** Why a look back opened it again, each time. */
  reopenings: Said<'reopen'>[]
  verified: Said<'close'> | null
  carriedOver: Said<'carryOver'> | null
}
/** Where several verify: who has passed what was submitted last, in order. */
export type Passed = { passes: (Said<'close'> & { step: string })[] }
/** With `endings`: how it ended otherwise. */
export type Ended = { ended: ({ ending: string } & Done) | null }

type Event = { type: string; payload: object } & Done
type Seen = {
  context: Rectified & Passed & Ended & { dayCame: boolean }
  event: Event
}
const said = ({ payload, by, at }: Event) => ({ ...payload, by, at })
/** `finding.review.pass` → `review`. */
const verbOf = ({ type }: Event): string => type.split('.')[1] ?? ''

const submitted = ({ results, returns, reopenings }: Rectified): boolean =>
  results.length > returns.length + reopenings.length

/** Who has passed this step already. */
const passedBy = ({ context, event }: Seen): string[] =>
  context.passes.filter(({ step }) => step === verbOf(event)).map(({ by }) => by)

/** One clock for all of it, and a return gives no other: then it must be known that it has run out. */
export function clockStays({ within, again }: RectificationOptions): boolean {
  return within !== undefined && again === false
}

/** Whether the extension's day has moved, as its own guard says. */
function moved(extension: RectificationOptions['extension'], seen: Seen): boolean {
  const guards = extension?.guards as { [name: string]: (seen: Seen) => boolean } | undefined
  return guards?.[extension?.anew('open').guard ?? '']?.(seen) ?? false
}

/** Guards and updates by name; only those that these options need. */
export function codeOf(options: RectificationOptions) {
  const steps = stepsOf(options)
  const several = !Array.isArray(options.verify)
  const least = (event: Event): number => steps.find(({ state }) => state === verbOf(event))?.least ?? 1

  const guards = {
    ...(options.plan !== false && {
      planned: ({ context }: Seen): boolean => context.plan !== null,
    }),
    ...(steps.some((one) => one.least > 1) && {
      passedByEnough: (seen: Seen): boolean => {
        const others = passedBy(seen)
        return !others.includes(seen.event.by) && others.length + 1 >= least(seen.event)
      },
      passedAnew: (seen: Seen): boolean => !passedBy(seen).includes(seen.event.by),
    }),
    ...(options.extension &&
      options.plan !== false && {
        movedUnplanned: (seen: Seen): boolean => seen.context.plan === null && moved(options.extension, seen),
      }),
    ...(options.within !== undefined && {
      awaitsVerification: ({ context }: Seen): boolean =>
        context.verified === null && context.reopenings.length === 0 && submitted(context),
      // What was returned has a time of its own, unless the day stays.
      beingMended: ({ context }: Seen): boolean =>
        options.again === false ? !submitted(context) : context.results.length === 0,
    }),
    ...(clockStays(options) && {
      dayCame: ({ context }: Seen): boolean => context.dayCame,
    }),
  }

  const updates = {
    recordPlan: ({ event }: Seen) => ({
      plan: said(event),
      finishOn: (event.payload as { finishOn: string }).finishOn,
    }),
    recordResult: ({ context, event }: Seen) => ({
      results: [...context.results, said(event)],
      ...(several && { passes: [] }),
    }),
    recordReturn: ({ context, event }: Seen) => ({
      returns: [...context.returns, { ...(several && { step: verbOf(event) }), ...said(event) }],
    }),
    ...(several && {
      recordPass: ({ context, event }: Seen) => ({
        passes: [...context.passes, { step: verbOf(event), ...said(event) }],
      }),
    }),
    ...(clockStays(options) && { recordDay: () => ({ dayCame: true }) }),
    recordVerified: ({ event }: Seen) => ({ verified: said(event) }),
    recordCarryOver: ({ event }: Seen) => ({ carriedOver: said(event) }),
    // What had been verified proved wrong.
    recordReopening: ({ context, event }: Seen) => ({
      reopenings: [...context.reopenings, said(event)],
      verified: null,
    }),
    ...(options.endings && {
      recordEnding: ({ event }: Seen) => ({ ended: { ending: verbOf(event), ...said(event) } }),
    }),
  }

  const context = {
    plan: null,
    finishOn: null,
    results: [],
    returns: [],
    reopenings: [],
    verified: null,
    carriedOver: null,
    ...(several && { passes: [] }),
    ...(options.endings && { ended: null }),
    ...(clockStays(options) && { dayCame: false }),
  }
  return { guards, updates, context }
}

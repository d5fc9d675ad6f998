import type { z } from 'zod'
import type { Climb, Step } from './options.ts'
import { done, type Seen } from '../block.ts'
import { dateName, stoodName, type Rung } from './rungs.ts'

type Context = { [name: string]: unknown }
const stepsIn = (name: string, context: Context) => (context[name] ?? []) as Step[]

/** An update for each rung; where the ladder counts from a day, guards that say how high it stands for it. */
export function codeOf(name: string, used: readonly Rung[], from: string | undefined) {
  const member = from?.slice('context.'.length)
  const dayIn = (context: Context) => (member === undefined ? null : (context[member] ?? null)) as string | null
  const climb =
    (rung: Rung) =>
    ({ context, event }: Seen<Context>) => {
      const said = event.payload as z.output<typeof Climb> | undefined
      const step = {
        rung,
        reason: said?.reason ?? null,
        whom: said?.whom ?? null,
        ...done(event),
        ...(member !== undefined && { day: dayIn(context) }),
      }
      return { [name]: [...stepsIn(name, context), step] }
    }
  const stood =
    (rung: Rung) =>
    ({ context }: Seen<Context>): boolean =>
      stepsIn(name, context).some((one) => one.rung === rung && one.day === dayIn(context))
  return {
    guards: member === undefined ? {} : Object.fromEntries(used.map((rung) => [stoodName(name, rung), stood(rung)])),
    updates: Object.fromEntries(used.map((rung) => [dateName(name, rung), climb(rung)])),
  }
}

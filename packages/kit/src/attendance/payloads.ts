import { personId } from '@duban/engine'
import { z } from 'zod'
import { label, words } from '../block.ts'
import { presence, type Presence } from './roll.ts'

/** 补课、分头传达、由人汇报: how what was missed is made up. */
export const makeUpWays = {
  lesson: { zh: '补课', en: 'Make-up session' },
  relayed: { zh: '分头传达学习', en: 'Passed on in person' },
  reported: { zh: '专人汇报', en: 'Reported to the person' },
} as const
export type MakeUpWay = keyof typeof makeUpWays

const day = z.iso.date()
const titled = <Key extends string>(titles: { [K in Key]: { zh: string; en: string } }) =>
  z.enum(Object.keys(titles) as Key[]).meta({ titles })

/** 通知: the day, once it is known. */
export const Announcement = z.strictObject({ heldOn: day, place: label, agenda: words })
export type Announcement = z.output<typeof Announcement>
export const Postponement = z.strictObject({ heldOn: day, reason: words })

const Roll = z
  .array(
    z.strictObject({
      person: personId(),
      was: titled<Presence>(presence),
      reason: label.optional(),
    }),
  )
  .min(1)
  .max(2000)
  .refine((roll) => new Set(roll.map(({ person }) => person)).size === roll.length, {
    error: '同一人登记了两次 / a person is on the roll twice',
  })

/** 记录: minutes as the author's schema has them, and the roll call of all who were expected. */
export const record = <Minutes extends z.ZodType>(minutes: Minutes) =>
  z.strictObject({ heldOn: day, minutes, roll: Roll })
export type SessionRecord = { heldOn: string; minutes: unknown; roll: z.output<typeof Roll> }

export const MakeUp = z.strictObject({
  person: personId(),
  way: titled<MakeUpWay>(makeUpWays),
  note: words,
})
export type MakeUp = z.output<typeof MakeUp>
export const Waiver = z.strictObject({ person: personId(), reason: words })
export type Waiver = z.output<typeof Waiver>

/** What a session tells its parent when its roll is recorded … */
export const RollTold = z.strictObject({
  title: z.string(),
  heldOn: z.string(),
  roll: z.array(z.object({ person: z.string(), was: titled<Presence>(presence) })),
})
/** … and when somebody has made it up. */
export const CaughtUp = z.strictObject({ person: z.string() })

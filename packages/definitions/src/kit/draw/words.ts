import { personId, unitId, type Text } from '@duban/engine'
import { z } from 'zod'
import { problems, type Announcement, type Method } from '../draw.ts'

const words = z.string().trim().min(1).max(2000)
const label = z.string().trim().min(1).max(200)
const listOf = <Item extends z.ZodType>(item: Item) => z.array(item).min(1).max(5000)
const whole = z.int().min(1).max(5000)

/** What is drawn: participating units, persons, or anything that has an id. */
export const drawables = { units: unitId, persons: personId, ids: () => label }
export type Drawable = keyof typeof drawables

/** Payloads of the commands of a draw. The announcement refuses what could not be drawn, and says why. */
export function payloads(method: Method['method'], of: Drawable) {
  const one = drawables[of]()
  const seedSource = words
  const shapes = {
    plain: z.strictObject({ pool: listOf(one), count: whole, seedSource }),
    eachZone: z.strictObject({
      pool: listOf(z.strictObject({ id: one, zone: label })),
      each: whole,
      seedSource,
    }),
    zones: z.strictObject({
      pool: listOf(z.strictObject({ id: one, zone: label })),
      count: whole,
      seedSource,
    }),
    weighted: z.strictObject({
      pool: listOf(z.strictObject({ id: one, weight: z.int().min(1).max(1_000_000) })),
      count: whole,
      seedSource,
    }),
    pairs: z.strictObject({
      pool: listOf(one),
      count: whole,
      experts: listOf(personId()),
      perTarget: whole,
      recused: z.array(z.strictObject({ expert: personId(), target: one })).max(5000),
      seedSource,
    }),
  }
  const shape: z.ZodType = shapes[method]
  return {
    announce: shape.superRefine((said, check) => {
      for (const { zh, en } of problems({ method, ...(said as object) } as Announcement)) {
        check.addIssue({ code: 'custom', path: ['pool'], message: `${zh} / ${en}` })
      }
    }),
    hold: z.strictObject({ seed: label }),
    supplement: z.strictObject({ ids: z.array(one).min(1).max(5000), reason: words }),
    return: z.strictObject({ reason: words }),
  }
}
export type Verb = keyof ReturnType<typeof payloads>

export const titles = {
  announce: { zh: '公布抽取办法', en: 'Announce the draw' },
  hold: { zh: '抽取', en: 'Hold the draw' },
  supplement: { zh: '顺位递补', en: 'Supplement the draw' },
  return: { zh: '作废重抽', en: 'Declare the draw void' },

  announcing: { zh: '待公布抽取办法', en: 'Draw to be announced' },
  holding: { zh: '待抽取', en: 'Draw to be held' },
} as const satisfies { [name: string]: Text }

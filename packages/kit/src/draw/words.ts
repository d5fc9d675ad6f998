import { drawables } from './drawables.ts'
import { personId, type Text } from '@duban/engine'
import { z } from 'zod'
import { problems } from './problems.ts'
import { announcementOf, asks, type Rule } from './rule.ts'

const words = z.string().trim().min(1).max(2000)
const label = z.string().trim().min(1).max(200)
// The schema says that items differ, so that forms need not be refused for it.
const listOf = <Item extends z.ZodType>(item: Item) => z.array(item).min(1).max(5000).meta({ uniqueItems: true })
const whole = z.int().min(1).max(5000)

/**
 * Payloads of the commands of a draw. The announcement asks for what the plan and the context leave open, and
 * refuses what could not be drawn, and says why.
 */
export function payloads(rule: Rule) {
  const { method, paired, fixed, read } = rule
  const one = drawables[rule.of]()
  // Where the plan gives a rate for each stratum, there are no others.
  const zone = fixed.rates ? z.enum(Object.keys(fixed.rates)) : label
  const zoned = z.strictObject({ id: one, zone })
  const weighted = z.strictObject({ id: one, weight: z.int().min(1).max(1_000_000) })
  const pools = { plain: one, eachZone: zoned, zones: zoned, rates: zoned, weighted }
  const recusal = z.strictObject({ expert: personId(), target: one })
  const shape: { [member: string]: z.ZodType } = {
    pool: method === 'ring' ? ringOf(one) : listOf(pools[method]),
    ...Object.fromEntries(asks[method].map((member) => [member, whole])),
    ...(paired && {
      experts: listOf(personId()),
      perTarget: whole,
      recused: z.array(recusal).max(5000),
    }),
    seedSource: words,
  }
  const open = Object.entries(shape).filter(([member]) => !Object.hasOwn(fixed, member) && !Object.hasOwn(read, member))
  const announce = z.strictObject(Object.fromEntries(open))
  return {
    // What is read from the context is not known here: a guard asks then.
    announce: Object.keys(read).length > 0 ? announce : checked(announce, rule),
    hold: z.strictObject({ seed: label }),
    witness: z.strictObject({ opinion: words }),
    supplement: z.strictObject({ ids: listOf(one), reason: words }),
    return: z.strictObject({ reason: words }),
  }
}
export type Verb = keyof ReturnType<typeof payloads>

function ringOf(one: z.ZodType): z.ZodType {
  return z.array(one).min(3, '循环互查至少要有三个 / a ring needs three or more').max(5000).meta({ uniqueItems: true })
}

function checked(announce: z.ZodType, rule: Rule): z.ZodType {
  return announce.superRefine((said, check) => {
    for (const { zh, en } of problems(announcementOf(rule, {}, said as object))) {
      check.addIssue({ code: 'custom', path: ['pool'], message: `${zh} / ${en}` })
    }
  })
}

export const titles = {
  announce: { zh: '公布抽取办法', en: 'Announce the draw' },
  hold: { zh: '抽取', en: 'Hold the draw' },
  witness: { zh: '监督确认抽取', en: 'Witness the draw' },
  supplement: { zh: '顺位递补', en: 'Supplement the draw' },
  return: { zh: '作废重抽', en: 'Declare the draw void' },

  announcing: { zh: '待公布抽取办法', en: 'Draw to be announced' },
  holding: { zh: '待抽取', en: 'Draw to be held' },
  witnessing: { zh: '待监督确认', en: 'Draw to be witnessed' },
} as const satisfies { [name: string]: Text }

import type { Text } from '@duban/engine'
import { candidatesOf, rateOf, rowsOf, type Announcement, type Panel } from './announcement.ts'

/** Why a draw cannot be held, in words; none when it can, whatever the seed. */
export function problems(announcement: Announcement, absent: readonly string[] = []): Text[] {
  const found: Text[] = []
  const say = (zh: string, en: string): void => void found.push({ zh, en })
  const candidates = candidatesOf(announcement)
  const gone = new Set(absent)
  const present = candidates.filter(({ id }) => !gone.has(id)).length
  if (candidates.length === 0) say('抽取范围为空', 'the pool is empty')
  if (new Set(candidates.map(({ id }) => id)).size < candidates.length) {
    say('抽取范围内有重复', 'somebody is in the pool twice')
  }
  const byWeight = announcement.method === 'weighted'
  if (byWeight && !candidates.every(({ weight }) => Number.isSafeInteger(weight) && weight >= 1)) {
    say('权重应为正整数', 'weights are whole numbers from 1')
  }
  if (announcement.method === 'ring' && present < 3) {
    say(
      `循环互查至少要有三个，现有${present}个，只能互相查`,
      `a ring needs three or more: ${present} could only check each other`,
    )
  }
  if (announcement.method === 'rates') found.push(...badRates(announcement.rates))
  for (const { zone, candidates: row, share } of rowsOf(announcement)) {
    const have = row.filter(({ id }) => !gone.has(id)).length
    if (announcement.method === 'rates' && rateOf(announcement.rates, zone ?? '') === undefined) {
      say(`“${zone}”没有规定抽取比例`, `no rate is given for «${zone}»`)
    }
    if (announcement.method !== 'ring' && share > have) {
      found.push(
        zone === undefined
          ? short(share, have, '范围内', 'the pool')
          : short(share, have, `“${zone}”`, `zone «${zone}»`),
      )
    }
  }
  if (announcement.experts) found.push(...unserved(announcement))
  return found
}

/** Rates that cannot be: per cent from 0 to 100, to three decimals at most. */
export function badRates(rates: { readonly [zone: string]: number }): Text[] {
  return Object.entries(rates)
    .filter(([, rate]) => !(rate >= 0 && rate <= 100 && Number(rate.toFixed(3)) === rate))
    .map(([zone, rate]) => ({
      zh: `“${zone}”的抽取比例应为0到100（百分数，至多三位小数），不是${rate}`,
      en: `the rate of «${zone}» is a per cent from 0 to 100 with at most three decimals, not ${rate}`,
    }))
}

/** Experts listed twice, and targets for which too few may go. */
function unserved(announcement: Announcement & Panel): Text[] {
  const { method, experts, perTarget, recused } = announcement
  const found: Text[] = []
  if (method === 'ring') {
    found.push({ zh: '循环互查不另抽专家', en: 'in a ring the units check; it has no experts' })
  }
  if (new Set(experts).size < experts.length) {
    found.push({ zh: '专家有重复', en: 'an expert is listed twice' })
  }
  const known = new Set(experts)
  const barred = new Map<string, Set<string>>()
  for (const { expert, target } of recused) {
    if (!known.has(expert)) continue
    barred.set(target, (barred.get(target) ?? new Set()).add(expert))
  }
  for (const { id } of candidatesOf(announcement)) {
    const free = known.size - (barred.get(id)?.size ?? 0)
    if (perTarget > free) {
      found.push(short(perTarget, free, `“${id}”的专家（除回避）`, `experts not recused from «${id}»`))
    }
  }
  return found
}

function short(need: number, have: number, zh: string, en: string): Text {
  return {
    zh: `${zh}应抽${need}，只有${have}`,
    en: `${en}: ${need} to be drawn, only ${have} to draw from`,
  }
}

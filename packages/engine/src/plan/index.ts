import type { Definition } from '../definition/compiled.ts'
import { latestCalendar, resolveDates, type DateContext, type Resolved } from '../calendar/index.ts'
import { badAssignment } from './assignment.ts'
import type { Assignment, CampaignFacts, CampaignUnit } from '../campaign/instance.ts'
import { notJson, type Json } from '../data/json.ts'
import { lintPlan, warningsOf, type Warning } from './lint/index.ts'
import { refuse, type Refused } from '../campaign/refusal.ts'

/** What somebody wants to start, with the organisation's facts filled in. */
export type Plan = {
  id: string
  title: string
  startsOn: string
  timezone: string
  /** Defaults to the newest calendar that the engine knows. */
  calendar?: string
  organiser: { unit: string; path: string[] }
  units: CampaignUnit[]
  assignments: Assignment[]
  /** Days that a superior authority published in place of the rule. */
  overrides?: { [date: string]: { on: string; reason: string } }
}

export type Planned = { ok: true; facts: CampaignFacts; assignments: Assignment[]; warnings: Warning[] } | Refused

/**
 * Settles a plan: resolves its dates, checks its assignments, and points out what will go wrong.
 * Everything that is wrong is told at once.
 */
export function planCampaign(definition: Definition, plan: Plan): Planned {
  const notStorable = notJson(plan)
  if (notStorable !== undefined) {
    return refuse('bad_plan', {
      rule: notStorable,
      detail: { zh: '含有无法保存的字符', en: 'contains what cannot be kept as JSON text' },
    })
  }
  const context: DateContext = {
    startsOn: plan.startsOn,
    timezone: plan.timezone,
    calendar: plan.calendar ?? latestCalendar,
    ...(plan.overrides && { overrides: plan.overrides }),
  }
  const { dates, problems } = resolveDates(definition.dates, context)
  if (problems.length > 0) {
    return refuse('dates_contradict', { issues: problems as unknown as Json })
  }
  const facts: CampaignFacts = {
    id: plan.id,
    definition: definition.name,
    fingerprint: definition.fingerprint,
    title: plan.title,
    startsOn: plan.startsOn,
    timezone: plan.timezone,
    calendar: context.calendar,
    organiser: plan.organiser,
    units: plan.units,
    dates: datesIn(dates),
  }
  const bad = [
    ...duplicates(plan.units.map(({ id }) => id)).map((id) => ({
      code: 'bad_plan' as const,
      rule: id,
      detail: { zh: '单位重复', en: 'this unit is listed twice' },
    })),
    ...duplicates(plan.assignments.map(({ id }) => id)).map((id) => ({
      code: 'bad_plan' as const,
      rule: id,
      detail: { zh: '任职编号重复', en: 'this assignment’s id is used twice' },
    })),
    ...plan.assignments.flatMap((one) => badAssignment(definition, facts, one) ?? []),
  ]
  const [first] = bad
  if (first) {
    return bad.length === 1
      ? { ok: false, refusal: first }
      : refuse(bad.every(({ code }) => code === first.code) ? first.code : 'bad_plan', {
          issues: bad as unknown as Json,
        })
  }
  return {
    ok: true,
    facts,
    assignments: plan.assignments,
    warnings: warningsOf(lintPlan(definition, facts, plan.assignments)),
  }
}

/** Resolved dates as facts: without how they were computed, which can be explained anew. */
export function datesIn(dates: { [name: string]: Resolved }): CampaignFacts['dates'] {
  return Object.fromEntries(
    Object.entries(dates).map(([name, { due, on, provisional, override }]) => [
      name,
      { due, on, provisional, ...(override && { override }) },
    ]),
  )
}

function duplicates(ids: string[]): string[] {
  const seen = new Set<string>()
  return ids.filter((id) => seen.size === seen.add(id).size)
}

import type { Definition } from '../definition/compiled.ts'
import { instantOf, isOwnDate, resolveOwn, shiftDays, type Instant } from '../calendar/index.ts'
import { isAnchor, ruleOf } from '../calendar/chain.ts'
import type { Adjustment, CampaignFacts } from '../campaign/instance.ts'
import type { JsonObject } from '../data/json.ts'
import { getOwn } from '../data/getOwn.ts'

/** A due instant, and the day (YYYY-MM-DD) that people know it by. */
export type Due = { due: Instant; on: string }
type Shift = Extract<Adjustment, { type: 'shift' }>

/**
 * A date of the campaign as it stands for an instance, after its extensions and suspensions. A date that
 * counts from the entry into a state stands here once it was extended: no entry makes it earlier than that.
 */
export function dateFor(campaign: CampaignFacts, adjustments: Adjustment[], name: string): Due | undefined {
  return adjustments.reduce<Due | undefined>(
    (date, adjustment) => {
      if (adjustment.type === 'shift') return date && shifted(date, adjustment, campaign.timezone)
      return adjustment.date === name ? later(date, adjustment) : date
    },
    getOwn(campaign.dates, name),
  )
}

// An extension never shortens: one from above leaves alone who had been given longer.
function later(date: Due | undefined, extended: Due): Due {
  return date && date.due >= extended.due ? date : { due: extended.due, on: extended.on }
}

/**
 * What was still to come when a suspension began moves by the midnights that it lasted, and by one day more
 * if it would otherwise have passed while nobody was allowed to act (an office's hours that ended meanwhile).
 */
export function shifted<D extends Due>(date: D, { from, until, days }: Shift, timezone: string): D {
  if (date.due <= from) return date
  const by = shiftDays(date.due, days, timezone) > until ? days : days + 1
  const on = shiftDays(`${date.on}T00:00:00.000Z`, by, 'UTC').slice(0, 10)
  return { ...date, due: shiftDays(date.due, by, timezone), on }
}

/** When a state was entered, and the day (YYYY-MM-DD) that people know that by. */
export type Entered = { at: Instant; on: string }

/** What an own date is counted from: when its state was entered, and the context that the instance had then. */
export type Own = { entered: Entered; fields: JsonObject }

/**
 * When a state that waits for a date is left by it: the campaign's date, or the instance's own; of the latter
 * and an extension the later. Undefined when the day of an own date is not set yet.
 */
export function dueFor(
  definition: Definition,
  campaign: CampaignFacts,
  adjustments: Adjustment[],
  name: string,
  from: Own,
): Due | undefined {
  const held = dateFor(campaign, adjustments, name)
  if (!isOwnDate(name, definition.dates)) {
    if (held) return held
    throw new RangeError(`campaign ${campaign.id} has no date ${name}`)
  }
  const rule = ruleOf(name, definition.dates)
  const base = rule?.kind === 'offset' && !isAnchor(rule.base) ? rule.base : undefined
  const before = base && dueFor(definition, campaign, adjustments, base, from)
  const known = base && before ? { [base]: before } : {}
  const { entered, fields } = from
  const counted = resolveOwn(name, definition.dates, campaign, entered.on, known, fields)
  return counted && later(held, counted)
}

/** The instant of a new day for a date, at the same edge of the day that the definition names. */
export function instantOn(definition: Definition, campaign: CampaignFacts, name: string, day: string): Instant {
  return instantOf(day, getOwn(definition.dates, name)?.at, campaign.timezone)
}

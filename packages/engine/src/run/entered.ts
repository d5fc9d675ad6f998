import type { Definition } from '../definition/compiled.ts'
import { dueDay, isOwnDate, localDay, localText } from '../calendar/index.ts'
import { dateFor, type Entered } from './dates.ts'
import type { Event } from '../campaign/event.ts'
import type { Adjustment, CampaignFacts } from '../campaign/instance.ts'
import { getOwn } from '../data/getOwn.ts'
import { readTimer } from './timers.ts'

/**
 * When an event enters a state, and the day that people know that by. What the end of a day brings about (24:00,
 * the next day's first moment) belongs to the day that ends (民法典 203), also where it goes from one instance to
 * another; what the start of a day brings about, and what a person does, belongs to the day that begins.
 */
export function enteredBy(
  definition: Definition,
  campaign: CampaignFacts,
  adjustments: Adjustment[],
  event: Event,
): Entered {
  const { at } = event
  const { timezone } = campaign
  if (event.type === 'deadline' && at === event.due) {
    const spec = getOwn(definition.dates, readTimer(event.timer).date)
    return { at, on: dueDay(at, spec?.at, timezone) }
  }
  const caused = 'cause' in event && event.cause
  return caused && endsDay(definition, campaign, adjustments, at)
    ? { at, on: dueDay(at, 'end of day', timezone) }
    : { at, on: localDay(at, timezone) }
}

/** Whether an instant at which nobody acted is the end of a day, and no date lets something begin then. */
function endsDay(definition: Definition, campaign: CampaignFacts, adjustments: Adjustment[], at: string): boolean {
  const midnight = localText(at, campaign.timezone, { due: true }).endsWith('24:00')
  return (
    midnight &&
    !Object.entries(definition.dates).some(
      ([name, spec]) =>
        spec.at === 'start of day' &&
        (isOwnDate(name, definition.dates) || dateFor(campaign, adjustments, name)?.due === at),
    )
  )
}

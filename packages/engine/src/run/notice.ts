import { nextDeadline } from './timers.ts'
import type { Definition } from '../definition/compiled.ts'
import { placeholder } from '../definition/placeholders.ts'
import { localText } from '../calendar/index.ts'
import type { CampaignFacts, Instance, Timer } from '../campaign/instance.ts'
import { getOwn } from '../data/getOwn.ts'
import type { Text } from '../data/text.ts'

/** Fills `{unit}`, `{campaign}` and `{due}` (the instance's next deadline, or the one given). */
export function noticeText(
  text: Text,
  definition: Definition,
  campaign: CampaignFacts,
  instance: Pick<Instance, 'unit' | 'state'>,
  deadline: Timer | undefined = nextDeadline(instance.state),
): Text {
  const unit = campaign.units.find(({ id }) => id === instance.unit)?.title
  const due = deadline && dueText(deadline, definition, campaign)
  const fill = (locale: keyof Text): string => {
    const values = { unit: unit?.[locale] ?? campaign.title, campaign: campaign.title, due }
    return text[locale].replaceAll(placeholder, (_, name: string) => getOwn(values, name) ?? '')
  }
  return { zh: fill('zh'), en: fill('en') }
}

/** 24:00 of the day that people were given, unless the date is the beginning of a day. */
function dueText({ date, due }: Timer, definition: Definition, { timezone }: CampaignFacts): string {
  const ends = getOwn(definition.dates, date)?.at !== 'start of day'
  return localText(due, timezone, { due: ends })
}

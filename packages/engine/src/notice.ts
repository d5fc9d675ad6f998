import { localText } from './calendar/index.ts'
import type { Definition } from './define.ts'
import type { CampaignFacts, Instance, Timer } from './instance.ts'
import { own } from './own.ts'
import type { Text } from './text.ts'

const placeholder = /\{(\w+)\}/gu
const placeholders = ['unit', 'campaign', 'due']

/** Placeholders of a text that nothing fills. */
export function unknownPlaceholders({ zh, en }: Text): string[] {
  return [...`${zh}${en}`.matchAll(placeholder)]
    .flatMap(([, name = '']) => name)
    .filter((name) => !placeholders.includes(name))
}

/** Fills `{unit}`, `{campaign}` and `{due}` (the instance's next deadline, or the one given). */
export function noticeText(
  text: Text,
  definition: Definition,
  campaign: CampaignFacts,
  instance: Pick<Instance, 'unit' | 'state'>,
  deadline: Timer | undefined = nextDeadline(instance),
): Text {
  const unit = campaign.units.find(({ id }) => id === instance.unit)?.title
  const due = deadline && dueText(deadline, definition, campaign)
  const fill = (locale: keyof Text): string => {
    const values = { unit: unit?.[locale] ?? campaign.title, campaign: campaign.title, due }
    return text[locale].replaceAll(placeholder, (_, name: string) => own(values, name) ?? '')
  }
  return { zh: fill('zh'), en: fill('en') }
}

/** 24:00 of the day that people were given, unless the date is the beginning of a day. */
function dueText({ date, due }: Timer, definition: Definition, { timezone }: CampaignFacts): string {
  const ends = own(definition.dates, date)?.at !== 'start of day'
  return localText(due, timezone, { due: ends })
}

function nextDeadline({ state }: Pick<Instance, 'state'>): Timer | undefined {
  return Object.values(state.timers)
    .filter(({ reminder }) => reminder === undefined)
    .toSorted((a, b) => (a.due < b.due ? -1 : 1))[0]
}

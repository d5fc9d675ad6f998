import { localText, type Instant } from './calendar/index.ts'
import type { CampaignFacts, Instance } from './instance.ts'
import type { Text } from './text.ts'

/** Fills `{unit}`, `{campaign}` and `{due}` (the instance's next deadline, or the one given). */
export function noticeText(
  text: Text,
  campaign: CampaignFacts,
  instance: Pick<Instance, 'unit' | 'state'>,
  due: Instant | undefined = nextDue(instance),
): Text {
  const unit = campaign.units.find(({ id }) => id === instance.unit)?.title
  const when = due === undefined ? '' : localText(due, campaign.timezone, { due: true })
  const fill = (locale: keyof Text): string =>
    text[locale]
      .replaceAll('{unit}', unit?.[locale] ?? campaign.title)
      .replaceAll('{campaign}', campaign.title)
      .replaceAll('{due}', when)
  return { zh: fill('zh'), en: fill('en') }
}

function nextDue({ state }: Pick<Instance, 'state'>): Instant | undefined {
  return Object.values(state.timers)
    .filter(({ reminder }) => reminder === undefined)
    .map(({ due }) => due)
    .toSorted()[0]
}

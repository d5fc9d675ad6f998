import { localText } from './calendar/index.ts'
import type { Definition } from './define.ts'
import type { CampaignFacts } from './instance.ts'
import { own } from './own.ts'
import type { Locale } from './text.ts'
import { readTimer } from './timers.ts'
import { createCast, type Played } from './transcript/cast.ts'
import { changeText, stateText } from './transcript/state.ts'
import { whatHappened } from './transcript/what.ts'
import type { Transition } from './transition.ts'

export { stateText } from './transcript/state.ts'

export type TranscriptOptions = {
  locale: Locale
  /** The name of a person, to be shown for an id; ids when absent. */
  nameOf?: (person: string) => string
}

/**
 * A history as lines that an official can read, one a transition: when, which unit, what, by whom, and
 * what it led to. The transitions may be of many instances, in the order in which they are to be read.
 */
export function transcript(
  definition: Definition,
  campaign: CampaignFacts,
  transitions: Iterable<Transition>,
  { locale, nameOf = (person) => person }: TranscriptOptions,
): string {
  const cast = createCast(definition, campaign)
  const when = createTimeline(definition, campaign)
  const lines: string[] = []
  for (const transition of transitions) {
    const its = cast.enter(transition)
    const what = whatHappened({ definition, campaign, cast, locale, nameOf }, transition)
    lines.push(
      [
        when(transition),
        whoseText(campaign, its, locale),
        [what, moveText(definition, transition, its, locale)]
          .filter(Boolean)
          .join(locale === 'zh' ? '：' : ': '),
      ].join('  '),
    )
  }
  return lines.map((line) => `${line}\n`).join('')
}

/** A deadline is told as 24:00 of the day that people were given, and so is what follows at that instant. */
function createTimeline(
  { dates }: Definition,
  { timezone }: CampaignFacts,
): (transition: Transition) => string {
  let last = { at: '', text: '' }
  return ({ event }) => {
    const { at } = event
    if (event.type === 'deadline') {
      const ends = own(dates, readTimer(event.timer).date)?.at !== 'start of day'
      last = { at, text: localText(at, timezone, { due: ends }) }
    }
    const follows = at === last.at && !('actor' in event && event.actor)
    return follows ? last.text : localText(at, timezone)
  }
}

function whoseText(campaign: CampaignFacts, its: Played, locale: Locale): string {
  const unit = campaign.units.find(({ id }) => id === its.unit)?.title[locale]
  return [unit ?? campaign.title, its.title?.[locale]].filter(Boolean).join(' · ')
}

/** Where it stood and where it stands now, if that is another place; acts lead nowhere. */
function moveText(
  definition: Definition,
  { from, to }: Transition,
  its: Played,
  locale: Locale,
): string {
  const kind = own(definition.kinds, its.kind)
  if (from === null) return stateText(kind, to, locale)
  const { before, after } = changeText(kind, from, to, locale)
  return before === after ? '' : [before, after].filter(Boolean).join(' → ')
}

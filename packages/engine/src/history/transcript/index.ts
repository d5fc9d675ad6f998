import type { Definition } from '../../definition/compiled.ts'
import type { PinnedDefinition } from '../../definition/pinned.ts'
import { localText } from '../../calendar/index.ts'
import type { CampaignFacts } from '../../campaign/instance.ts'
import { getOwn } from '../../data/getOwn.ts'
import type { Locale } from '../../data/text.ts'
import { readTimer } from '../../run/timers.ts'
import { createCast, type Played } from './cast.ts'
import { changeText, stateText } from './state.ts'
import { whatHappened } from './what.ts'
import type { Transition } from '../../run/transition.ts'

export { stateText } from './state.ts'

export type TranscriptOptions = {
  locale: Locale
  /** The name of a person, to be shown for an id; ids when absent. */
  nameOf?: (person: string) => string
  /** The other versions that the campaign ran on, or runs on by now; without them all is told by the one given. */
  versions?: (name: string) => PinnedDefinition | undefined
}

/**
 * A history as lines that an official can read, one a transition: when, which unit, what, by whom, and
 * what it led to. The transitions may be of many instances, in the order in which they are to be read.
 */
export function transcript(
  definition: Definition,
  campaign: CampaignFacts,
  transitions: Iterable<Transition>,
  { locale, nameOf = (person) => person, versions = () => undefined }: TranscriptOptions,
): string {
  const cast = createCast()
  const when = createTimeline(campaign)
  const ran = new Map<string, Definition>()
  const lines: string[] = []
  for (const transition of transitions) {
    // Each line in the words of the version that it was made with.
    const at = versions(transition.definition) ?? { definition, campaign }
    const before = ran.get(transition.instance) ?? at.definition
    ran.set(transition.instance, at.definition)
    const its = cast.enter(transition, at)
    const what = whatHappened({ ...at, cast, locale, nameOf }, transition)
    lines.push(
      [
        when(transition, at.definition),
        whoseText(campaign, its, locale),
        [what, moveText(before, at.definition, transition, its, locale)]
          .filter(Boolean)
          .join(locale === 'zh' ? '：' : ': '),
      ].join('  '),
    )
  }
  return lines.map((line) => `${line}\n`).join('')
}

type Moment = {
  text: string
  /** Whether it follows from what a person did. */
  asked: boolean
}

/**
 * One instant can be written two ways, 24:00 and 00:00 of the next day. A deadline is told as 24:00 of the day
 * that people were given, a person's step by the clock, and what follows from either within the instant like that.
 */
function createTimeline({ timezone }: CampaignFacts): (transition: Transition, definition: Definition) => string {
  let now = ''
  let last: Moment | undefined
  // The steps of the present instant, by instance and version: what followed names one of them.
  const told = new Map<string, Moment>()
  const momentOf = ({ event, instance, version }: Transition, { dates }: Definition): Moment => {
    const { at } = event
    if ('actor' in event && event.actor) return { text: localText(at, timezone), asked: true }
    if (event.type === 'deadline') {
      // A state that a person entered at that very instant can have armed it.
      const armed = told.get(`${instance} ${version - 1}`)
      if (armed?.asked) return armed
      const ends = getOwn(dates, readTimer(event.timer).date)?.at !== 'start of day'
      return { text: localText(at, timezone, { due: ends }), asked: false }
    }
    const from = 'cause' in event && event.cause
    const cause = from ? told.get(`${from.instance} ${from.version}`) : undefined
    return cause ?? last ?? { text: localText(at, timezone), asked: false }
  }
  return (transition, definition) => {
    if (transition.event.at !== now) {
      now = transition.event.at
      last = undefined
      told.clear()
    }
    last = momentOf(transition, definition)
    told.set(`${transition.instance} ${transition.version}`, last)
    return last.text
  }
}

function whoseText(campaign: CampaignFacts, its: Played, locale: Locale): string {
  const unit = campaign.units.find(({ id }) => id === its.unit)?.title[locale]
  return [unit ?? campaign.title, its.title?.[locale]].filter(Boolean).join(' · ')
}

/** Where it stood and where it stands now, if that is another place; acts lead nowhere. */
function moveText(
  old: Definition,
  definition: Definition,
  { from, to }: Transition,
  its: Played,
  locale: Locale,
): string {
  const kind = getOwn(definition.kinds, its.kind)
  if (from === null) return stateText(kind, to, locale)
  const { before, after } = changeText(getOwn(old.kinds, its.kind), from, kind, to, locale)
  return before === after ? '' : [before, after].filter(Boolean).join(' → ')
}

import { acts } from './acts.ts'
import { localText } from './calendar/index.ts'
import type { CompiledKind, Definition } from './define.ts'
import type { CampaignFacts } from './instance.ts'
import type { Json, JsonObject } from './json.ts'
import type { Locale, Text } from './text.ts'
import type { Transition } from './transition.ts'

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
  const kinds = new Map<string, OpenedAs>()
  const lines: string[] = []
  for (const transition of transitions) {
    const { event } = transition
    if (event.type === 'open') {
      const { kind, unit, key } = event.instance
      kinds.set(transition.instance, { kind, unit, key })
    }
    const its = kinds.get(transition.instance) ?? kindByPath(definition, transition)
    lines.push(line(definition, campaign, transition, its, locale, nameOf))
  }
  return `${lines.join('\n')}\n`
}

type OpenedAs = { kind: string; unit: string | null; key: string }

// A transcript that starts in the middle does not know what was opened; the event may still tell.
function kindByPath(definition: Definition, { event }: Transition): OpenedAs {
  const kind = event.type === 'deadline' ? (event.timer.split('.')[3] ?? 'campaign') : undefined
  return { kind: kind ?? Object.keys(definition.kinds)[0] ?? 'campaign', unit: null, key: '' }
}

function line(
  definition: Definition,
  campaign: CampaignFacts,
  transition: Transition,
  its: OpenedAs,
  locale: Locale,
  nameOf: (person: string) => string,
): string {
  const { event, from, to } = transition
  const kind = definition.kinds[its.kind]
  const due = event.type === 'deadline'
  const when = localText(event.at, campaign.timezone, { due })
  const unit = campaign.units.find(({ id }) => id === its.unit)?.title[locale]
  const who = [unit ?? campaign.title, its.kind === 'campaign' || its.kind === 'unit' ? '' : (kind?.title[locale] ?? its.kind)]
    .filter(Boolean)
    .join(' · ')
  const before = from === null ? '' : stateText(kind, from, locale)
  const after = stateText(kind, to, locale)
  const move = before === after || before === '' ? after : `${before} → ${after}`
  const ended = transition.status === 'cancelled' || transition.status === 'closed' || transition.status === 'suspended'
  const status = ended ? ` (${statusText[transition.status as keyof typeof statusText][locale]})` : ''
  return `${when}  ${who}  ${what(definition, transition, locale, nameOf)}:${move}${status}`
}

const statusText = {
  suspended: { zh: '中止', en: 'suspended' },
  cancelled: { zh: '已取消', en: 'cancelled' },
  closed: { zh: '随上级结束', en: 'closed' },
} as const

function what(
  definition: Definition,
  { event }: Transition,
  locale: Locale,
  nameOf: (person: string) => string,
): string {
  const say = (words: Text): string => words[locale]
  const by = 'actor' in event && event.actor ? ` ${actorText(definition, event.actor, locale, nameOf)}` : ''
  switch (event.type) {
    case 'open':
      return say({ zh: '〔启动〕', en: '[opened]' }) + by
    case 'command': {
      const title = definition.commands[event.command]?.title[locale] ?? event.command
      return `〔${title}〕${by}`
    }
    case 'deadline': {
      const [key, reminder] = splitOnce(event.timer)
      const title = definition.dates[key.split('.')[2] ?? '']?.title[locale] ?? event.timer
      return reminder === undefined
        ? say({ zh: `〔期限〕${title}到期`, en: `[deadline] ${title} is due` })
        : say({ zh: `〔提醒〕${title}(${reminder})`, en: `[reminder] ${title} (${reminder})` })
    }
    case 'message': {
      const title = definition.messages[event.message]?.title[locale] ?? event.message
      return say({ zh: `〔消息〕${title}`, en: `[message] ${title}` })
    }
    case 'act':
      return `〔${acts[event.act]?.title[locale] ?? event.act}〕${by}${reasonText(event.payload)}`
  }
}

function splitOnce(text: string): [string, string | undefined] {
  const at = text.indexOf(' ')
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]
}

function actorText(
  definition: Definition,
  actor: { person: string; authority: { role: string; onBehalfOf?: string } },
  locale: Locale,
  nameOf: (person: string) => string,
): string {
  const { role, onBehalfOf } = actor.authority
  const title = definition.roles[role]?.title[locale] ?? role
  const behalf =
    onBehalfOf === undefined
      ? ''
      : locale === 'zh'
        ? `,代${nameOf(onBehalfOf)}`
        : `, for ${nameOf(onBehalfOf)}`
  return `${nameOf(actor.person)}(${title}${behalf})`
}

function reasonText(payload: JsonObject): string {
  return typeof payload['reason'] === 'string' ? ` ${payload['reason']}` : ''
}

/** The titles of the states in which a machine stands; regions of a parallel state joined by `+`. */
export function stateText(kind: CompiledKind | undefined, value: Json, locale: Locale): string {
  return leaves(value)
    .map((id) => kind?.states.find((state) => state.id === id)?.spec.meta?.title[locale] ?? id)
    .join(' + ')
}

function leaves(value: Json, above = ''): string[] {
  const join = (name: string): string => (above === '' ? name : `${above}.${name}`)
  if (typeof value === 'string') return [join(value)]
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
  const entries = Object.entries(value)
  return entries.flatMap(([name, inside]) =>
    typeof inside === 'object' && inside !== null && Object.keys(inside).length === 0
      ? [join(name)]
      : leaves(inside, join(name)),
  )
}

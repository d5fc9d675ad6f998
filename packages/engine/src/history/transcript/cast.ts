import type { Definition } from '../../definition/compiled.ts'
import type { PinnedDefinition } from '../../definition/pinned.ts'
import type { Assignment, CampaignFacts } from '../../campaign/instance.ts'
import type { Json } from '../../data/json.ts'
import { getOwn } from '../../data/getOwn.ts'
import type { Text } from '../../data/text.ts'
import { readTimer } from '../../run/timers.ts'
import type { Transition } from '../../run/transition.ts'

/** An instance in a transcript. `title` tells it from the unit it belongs to: `整改事项 2`; none for the unit's own. */
export type Played = { kind: string; unit: string | null; title?: Text }

/** Who plays in a transcript, as far as it has told: instances by what opened them, assignments by their grant. */
export type Cast = {
  enter: (transition: Transition, at: PinnedDefinition) => Played
  assignment: (id: string) => Assignment | undefined
}

export function createCast(): Cast {
  const played = new Map<string, Played>()
  const counts = new Map<string, number>()
  const assignments = new Map<string, Assignment>()

  const opened = ({ event }: Transition, { definition }: PinnedDefinition): Played | undefined => {
    const titleOf = (kind: string): Text => getOwn(definition.kinds, kind)?.title ?? { zh: kind, en: kind }
    if (event.type !== 'open') return undefined
    const { kind, unit, key } = event.instance
    if (!event.cause) return { kind, unit }
    if (key === unit) {
      // One for each unit is the unit itself, unless another kind is that already.
      const second = [...played.values()].some((one) => one.unit === unit && one.kind !== kind)
      return second ? { kind, unit, title: titleOf(kind) } : { kind, unit }
    }
    const place = `${kind} ${unit ?? event.cause.instance}`
    const n = (counts.get(place) ?? 0) + 1
    counts.set(place, n)
    const { zh, en } = titleOf(kind)
    const its = titleIn(event.input)
    return {
      kind,
      unit,
      title: { zh: `${zh} ${n}${its && `“${its}”`}`, en: `${en} ${n}${its && ` «${its}»`}` },
    }
  }

  return {
    enter: (transition, at) => {
      const known = opened(transition, at) ?? played.get(transition.instance)
      const its = known ?? guess(at.definition, at.campaign, transition)
      played.set(transition.instance, its)
      for (const one of grantedIn(transition)) assignments.set(one.id, one)
      return its
    },
    assignment: (id) => assignments.get(id),
  }
}

/** An item that has a title is told by it. */
function titleIn(input: Json): string {
  const title = typeof input === 'object' && input !== null && !Array.isArray(input) ? input['title'] : ''
  return typeof title === 'string' ? title : ''
}

/** A transcript that starts in the middle does not know what was opened: a timer names it, or the states do. */
function guess(definition: Definition, campaign: CampaignFacts, { instance, event, from, to }: Transition): Played {
  if (instance === campaign.id) return { kind: 'campaign', unit: null }
  const names = [from, to].flatMap((value) => (typeof value === 'string' ? [value] : Object.keys(value ?? {})))
  const found =
    event.type === 'deadline'
      ? getOwn(definition.kinds, readTimer(event.timer).kind)
      : Object.values(definition.kinds).find(({ states }) =>
          names.every((name) => states.some(({ id }) => id === name)),
        )
  const { zh, en } = found?.title ?? { zh: '', en: '' }
  const id = instance.slice(0, 8)
  return {
    kind: found?.name ?? 'campaign',
    unit: null,
    title: { zh: `${zh} ${id}`.trim(), en: `${en} ${id}`.trim() },
  }
}

function grantedIn({ event }: Transition): Assignment[] {
  if (event.type === 'open') return event.assignments ?? []
  if (event.type !== 'act' || event.act !== 'assignment.grant') return []
  return [event.payload['assignment'] as unknown as Assignment]
}

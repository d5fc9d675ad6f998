import type { Definition } from '../../definition/compiled.ts'
import type { Assignment, CampaignUnit } from '../../campaign/instance.ts'
import type { Text } from '../../data/text.ts'
import { some, type Finding, type Linted, type Rule } from './finding.ts'
import { placesOf } from './places.ts'

/**
 * Commands that must be done by another person than some other command, where no other person can be found:
 * never (a warning), or not if the wrong one of several went first (a hint).
 */
export const fourEyes: Rule = (linted) => {
  const places = placesOf(linted.definition, linted.campaign.units)
  return Object.entries(linted.definition.commands).flatMap(([name, { notBy = [] }]) =>
    notBy.flatMap((other) => pair(linted, places, name, other)),
  )
}

type Place = CampaignUnit | null

function pair(linted: Linted, places: Map<string, Place[]>, name: string, other: string): Finding[] {
  const { definition } = linted
  const never: Place[] = []
  const perhaps: Place[] = []
  for (const place of new Set(kindsOf(name, definition).flatMap((kind) => places.get(kind) ?? []))) {
    const first = able(linted, other, doneAt(other, place, definition, places))
    const second = able(linted, name, [place])
    // Roles that nobody holds are told by another rule.
    if (first.length === 0 || second.length === 0) continue
    const left = first.map((one) => second.some((two) => apart(one, two)))
    if (!left.includes(true)) never.push(place)
    else if (left.includes(false)) perhaps.push(place)
  }
  const titles = [definition.commands[name], definition.commands[other]].map(
    (command) => command?.title ?? { zh: name, en: name },
  ) as [Text, Text]
  return [
    ...(never.length > 0 ? [told('warning', name, titles, never)] : []),
    ...(perhaps.length > 0 ? [told('hint', name, titles, perhaps)] : []),
  ]
}

/** The other command may be done on the same instance, on one above it for the same unit, or on the root. */
function doneAt(other: string, place: Place, definition: Definition, places: Map<string, Place[]>): Place[] {
  const there = kindsOf(other, definition).flatMap((kind) => places.get(kind) ?? [])
  return [...new Set(there)].filter((one) => one === null || one === place)
}

function kindsOf(command: string, { kinds }: Definition): string[] {
  return Object.values(kinds)
    .filter(({ states }) => states.some(({ arrows }) => arrows.some(({ on }) => 'event' in on && on.event === command)))
    .map(({ name }) => name)
}

function able({ definition, holders }: Linted, command: string, places: Place[]): Assignment[] {
  const by = definition.commands[command]?.by ?? []
  return places.flatMap((place) => by.flatMap((role) => holders.free(role, place)))
}

/** Neither is the other, nor acts in the other's place. */
function apart(one: Assignment, two: Assignment): boolean {
  const persons = [two.person, two.onBehalfOf?.person]
  return ![one.person, one.onBehalfOf?.person].some((person) => person !== undefined && persons.includes(person))
}

function told(grade: 'warning' | 'hint', name: string, [second, first]: [Text, Text], places: Place[]): Finding {
  const units = places.flatMap((place) => (place === null ? [] : [place.title]))
  const where = units.length > 0 ? some(units) : undefined
  const zh = where ? `${where.zh}：` : ''
  const en = where ? ` (${where.en})` : ''
  return {
    grade,
    code: grade === 'warning' ? 'four_eyes_impossible' : 'four_eyes_tight',
    path: `commands.${name}.notBy`,
    message:
      grade === 'warning'
        ? {
            zh: `${zh}能“${second.zh}”的只有能“${first.zh}”的同一人，两事须由不同的人办理`,
            en: `only the person who can do «${first.en}» can do «${second.en}», and it must be another${en}`,
          }
        : {
            zh: `${zh}有的人若先办了“${first.zh}”，就无人能“${second.zh}”`,
            en: `if the wrong person does «${first.en}», nobody is left for «${second.en}»${en}`,
          },
  }
}

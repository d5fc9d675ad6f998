import type { CampaignUnit } from '../../campaign/instance.ts'
import type { Arrow, StateNode } from '../../definition/states.ts'
import type { Text } from '../../data/text.ts'
import { some, type Finding, type Linted, type Rule } from './finding.ts'
import { placesOf } from './places.ts'

/** States that only people can end, in which none of the people who may is there. */
export const unfinishable: Rule = (linted) => {
  const { definition, campaign } = linted
  const places = placesOf(definition, campaign.units)
  return Object.values(definition.kinds).flatMap(({ name, states }) => {
    const parents = new Set(states.map(({ parent }) => parent))
    return states
      .filter(({ id, spec }) => !parents.has(id) && spec.type === undefined)
      .flatMap((state) => stuck(linted, state, waysOut(state, states), places.get(name) ?? []))
  })
}

/** The arrows that lead away, of a state and of those around it. */
function waysOut(state: StateNode, states: StateNode[]): Arrow[] {
  const around = states.filter(({ id }) => id === state.id || id === '' || state.id.startsWith(`${id}.`))
  return around.flatMap(({ arrows }) => arrows.filter(({ spec }) => spec.target !== undefined))
}

function stuck(
  { definition, holders }: Linted,
  { path, spec }: StateNode,
  ways: Arrow[],
  places: (CampaignUnit | null)[],
): Finding[] {
  const commands = ways.map(({ on }) => ('event' in on ? definition.commands[on.event] : undefined))
  // A date, a message, a count of children or an arrow of its own may end it.
  if (commands.length === 0 || commands.includes(undefined)) return []
  const roles = [...new Set(commands.flatMap((command) => command?.by ?? []))]
  const where = places.filter((place) => roles.every((role) => holders.reaching(role, place).length === 0))
  if (where.length === 0) return []
  const needed = roles.map((role) => definition.roles[role]?.title ?? { zh: role, en: role })
  return [told(path, spec.meta?.title ?? { zh: '', en: '' }, needed, where)]
}

function told(path: string, title: Text, roles: Text[], places: (CampaignUnit | null)[]): Finding {
  const units = some(places.flatMap((place) => (place === null ? [] : [place.title])))
  return {
    grade: 'warning',
    code: 'stage_without_people',
    path,
    message: {
      zh: `${units.zh === '' ? '' : `${units.zh}：`}“${title.zh}”无人能办结，须有“${roles.map(({ zh }) => zh).join('”或“')}”`,
      en: `nobody can finish «${title.en}»${units.en === '' ? '' : ` (${units.en})`}: it needs ${roles.map(({ en }) => `«${en}»`).join(' or ')}`,
    },
  }
}

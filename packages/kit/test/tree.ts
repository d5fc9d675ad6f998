// A small plan to try kit modules on: units by their paths, and people by role.
import { derivedId, type Assignment } from '@duban/engine'
import type { PlayedPlan } from './player.ts'

const bureau = 'bureau'

/**
 * `units` are paths below the bureau, `town/village`; `people` says who holds which roles, `reporter@village` for
 * one unit. Whoever has a role for a unit belongs to it, others to the bureau.
 */
export function treePlan(
  units: readonly string[],
  people: { [person: string]: readonly string[] },
  startsOn = '2026-01-05',
): PlayedPlan {
  const paths = units.map((path) => [bureau, ...path.split('/')])
  const pathOf = (unit: string): string[] => paths.find((path) => path.at(-1) === unit) ?? [bureau]
  return {
    startsOn,
    organiser: { unit: bureau, path: [bureau] },
    units: paths.map((path) => {
      const id = path.at(-1) ?? ''
      return { id, title: { zh: id, en: id }, path }
    }),
    assignments: Object.entries(people).flatMap(([person, roles]) =>
      roles.map((held): Assignment => {
        const [role = '', unit] = held.split('@')
        return {
          id: derivedId(person, held),
          person,
          home: pathOf(unit ?? ''),
          role,
          ...(unit !== undefined && { unit }),
        }
      }),
    ),
  }
}

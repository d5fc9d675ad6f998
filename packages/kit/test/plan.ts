// A small plan to try kit modules on: two offices below a bureau, and people by role.
import { derivedId, type Assignment } from '@duban/engine'
import type { PlayedPlan } from './player.ts'

export const bureau = 'bureau'
export const offices = ['north', 'south'] as const

/** `people` says who holds which roles; `person@north` belongs to that office, others to the bureau. */
export function smallPlan(people: { [person: string]: readonly string[] }, startsOn = '2026-04-01'): PlayedPlan {
  const assignments = Object.entries(people).flatMap(([key, roles]) => {
    const [person = '', home] = key.split('@')
    return roles.map((role): Assignment => {
      const [name = '', unit] = role.split('@')
      return {
        id: derivedId(person, role),
        person,
        home: home === undefined ? [bureau] : [bureau, home],
        role: name,
        ...(unit !== undefined && { unit }),
      }
    })
  })
  return {
    startsOn,
    organiser: { unit: bureau, path: [bureau] },
    units: offices.map((id) => ({ id, title: { zh: id, en: id }, path: [bureau, id] })),
    assignments,
  }
}

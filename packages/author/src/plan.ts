import { derivedId, type Assignment, type Plan } from '@duban/engine'
import { z } from 'zod'
import { pathTo, type Organisation } from './organisation.ts'

/** The body of `POST /api/campaigns`, as far as a plan is checked without a server. */
export const planBody = z.object({
  title: z.string(),
  startsOn: z.iso.date(),
  timezone: z.string().default('Asia/Shanghai'),
  organiser: z.string().optional(),
  units: z.array(z.string()).min(1),
  assignments: z
    .array(
      z.object({
        role: z.string(),
        person: z.string(),
        unit: z.string().optional(),
        from: z.string().optional(),
        until: z.string().optional(),
        onBehalfOf: z.string().optional(),
      }),
    )
    .default([]),
  dates: z.record(z.string(), z.object({ on: z.iso.date(), reason: z.string() })).optional(),
})
export type PlanBody = z.output<typeof planBody>

/** Units and people that a plan names and the organisation does not have. */
export function strangersIn(body: PlanBody, { units, people }: Organisation): string[] {
  const known = new Set([...units, ...people].map(({ id }) => id))
  const named = [
    ...body.units,
    ...body.assignments.flatMap(({ person, unit, onBehalfOf }) => [person, unit, onBehalfOf]),
  ]
  return [...new Set(named)].filter((id) => id !== undefined && !known.has(id)) as string[]
}

/** What somebody wants to start, with the organisation's facts filled in, as the server would. */
export function planFrom(body: PlanBody, organisation: Organisation): Plan {
  const homes = new Map(organisation.people.map(({ id, unit }) => [id, pathTo(organisation, unit)]))
  const taking = new Set(body.units)
  const organiser = pathTo(organisation, body.organiser ?? '')
  return {
    id: derivedId('plan', body.title),
    title: body.title,
    startsOn: body.startsOn,
    timezone: body.timezone,
    organiser: { unit: organiser.at(-1) ?? '', path: organiser },
    units: organisation.units
      .filter(({ id }) => taking.has(id))
      .map(({ id, title }) => ({ id, title, path: pathTo(organisation, id) })),
    assignments: body.assignments.map(({ role, person, unit, from, until, onBehalfOf }, n): Assignment => ({
      id: derivedId('assignment', String(n).padStart(6, '0')),
      role,
      person,
      home: homes.get(person) ?? [],
      ...(unit !== undefined && { unit }),
      ...(from !== undefined && { from: new Date(from).toISOString() }),
      ...(until !== undefined && { until: new Date(until).toISOString() }),
      ...(onBehalfOf !== undefined && {
        onBehalfOf: { person: onBehalfOf, home: homes.get(onBehalfOf) ?? [] },
      }),
    })),
    ...(body.dates && { overrides: body.dates }),
  }
}

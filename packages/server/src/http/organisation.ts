import { builtInRoles } from '@duban/engine'
import { z } from 'zod'
import { assignmentsHeld } from '../organisation/held.ts'
import { listPeople, putPeople } from '../organisation/people.ts'
import { listUnits, putUnits } from '../organisation/units.ts'
import { requireRole } from './caller.ts'
import type { Api, Context } from './context.ts'
import { cursorPart, pageOf, pageQuery, readCursor } from './page.ts'
import { ProblemError } from './problem.ts'

const title = z.strictObject({
  zh: z.string().trim().min(1).max(200),
  en: z.string().trim().min(1).max(200),
})
const unit = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/u, 'lower-case letters, digits, . _ -'),
  title,
  parent: z.string().max(64).nullish(),
})
const person = z.strictObject({
  id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._@|:-]{0,127}$/u, 'the subject (sub) of the person’s token'),
  name: z.string().trim().min(1).max(100),
  unit: z.string().max(64),
  roles: z.array(z.enum(builtInRoles)).default([]),
})

/** Who I am; the organisation tree and its people. */
export async function organisation(app: Api, { db }: Context): Promise<void> {
  app.get(
    '/me',
    {
      schema: {
        tags: ['work'],
        summary: 'Who you are: your unit, your built-in roles, your assignments',
      },
    },
    async ({ caller }) => ({
      person: caller.person,
      name: caller.name,
      unit: caller.home.at(-1) ?? null,
      units: caller.home,
      roles: caller.builtIn,
      assignments: await assignmentsHeld(db, caller.person),
    }),
  )

  app.get(
    '/units',
    {
      schema: { tags: ['organisation'], summary: 'Units, by id', querystring: z.object(pageQuery) },
    },
    async ({ query: { limit, cursor } }) => {
      const [after = ''] = readCursor(cursor, z.tuple([cursorPart.text])) ?? []
      return pageOf(await listUnits(db, after, limit + 1), limit, ({ id }) => [id])
    },
  )
  app.put(
    '/units',
    {
      schema: {
        tags: ['organisation'],
        summary: 'Add units and change those that exist',
        body: z.strictObject({ units: z.array(unit).max(20_000) }),
      },
    },
    async ({ caller, body: { units } }) => {
      requireRole(caller, 'administrator')
      const twice = repeated(units.map(({ id }) => id))
      if (twice.length > 0) throw new ProblemError('invalid_request', { rule: 'listed twice', issues: twice })
      const { unknownParents, circles } = await putUnits(db, units)
      if (unknownParents.length > 0) throw new ProblemError('unknown_unit', { issues: unknownParents })
      if (circles.length > 0) {
        throw new ProblemError('invalid_request', {
          rule: 'a unit cannot be above itself',
          issues: circles,
        })
      }
      return { put: units.length }
    },
  )

  app.get(
    '/people',
    {
      schema: {
        tags: ['organisation'],
        summary: 'People, by id',
        querystring: z.object(pageQuery),
      },
    },
    async ({ caller, query: { limit, cursor } }) => {
      requireRole(caller, 'administrator', 'organiser', 'auditor')
      const [after = ''] = readCursor(cursor, z.tuple([cursorPart.text])) ?? []
      return pageOf(await listPeople(db, after, limit + 1), limit, ({ id }) => [id])
    },
  )
  app.put(
    '/people',
    {
      schema: {
        tags: ['organisation'],
        summary: 'Add people and change those that exist',
        body: z.strictObject({ people: z.array(person).max(20_000) }),
      },
    },
    async ({ caller, body: { people } }) => {
      requireRole(caller, 'administrator')
      const twice = repeated(people.map(({ id }) => id))
      if (twice.length > 0) throw new ProblemError('invalid_request', { rule: 'listed twice', issues: twice })
      const { unknownUnits } = await putPeople(db, people)
      if (unknownUnits.length > 0) throw new ProblemError('unknown_unit', { issues: unknownUnits })
      return { put: people.length }
    },
  )
}

function repeated(ids: string[]): string[] {
  const seen = new Set<string>()
  return ids.filter((id) => seen.size === seen.add(id).size)
}

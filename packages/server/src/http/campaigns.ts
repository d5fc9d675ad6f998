import {
  authorizeAct,
  digest,
  planCampaign,
  type Assignment,
  type Definition,
  type Json,
  type Planned,
} from '@duban/engine'
import { sql } from 'kysely'
import { z } from 'zod'
import { visibleTo } from '../campaigns/access.ts'
import { requireAccess } from './access.ts'
import { viewInstance, viewRow } from '../campaigns/view.ts'
import { insertRefusals, refusedStart } from '../execute/refusals.ts'
import { peopleById } from '../organisation/people.ts'
import { unitsById } from '../organisation/units.ts'
import { requireRole, type Caller } from './caller.ts'
import { idempotencyKey } from './headers.ts'
import type { Api, Context } from './context.ts'
import { definitionOf } from './pinned.ts'
import { cursorPart, pageOf, pageQuery, readCursor } from './page.ts'
import { ProblemError } from './problem.ts'

export const campaignParams = z.object({ campaign: z.uuid().toLowerCase() })
const id = z.string().min(1).max(128)

export const assignmentBody = z.strictObject({
  role: id,
  person: id,
  unit: id.optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  until: z.iso.datetime({ offset: true }).optional(),
  onBehalfOf: id.optional(),
})
export type AssignmentBody = z.output<typeof assignmentBody>

const body = z.strictObject({
  definition: id.describe('the id of a definition'),
  version: z.int().positive().optional().describe('the newest when absent'),
  title: z.string().trim().min(1).max(200),
  startsOn: z.iso.date(),
  timezone: z.string().max(64).default('Asia/Shanghai'),
  organiser: id.optional().describe('the unit that runs it; the caller’s own when absent'),
  units: z.array(id).min(1).max(50_000).describe('the participating units'),
  assignments: z.array(assignmentBody).max(100_000).default([]),
  dates: z
    .record(z.string(), z.strictObject({ on: z.iso.date(), reason: z.string().trim().min(1).max(2000) }))
    .optional()
    .describe('days that a superior authority published in place of the rule'),
})

/** Starts, lists and shows campaigns. */
export async function campaigns(app: Api, context: Context): Promise<void> {
  const { db, executor, clock, newId } = context

  app.post(
    '/campaigns',
    { schema: { tags: ['campaigns'], summary: 'Start a campaign', body, headers: idempotencyKey } },
    async (request, reply) => {
      const { caller } = request
      const asked = request.body
      const key = request.headers['idempotency-key']
      const campaign = newId()
      const { definition, planned } = await planFor(context, caller, campaign, asked).catch(async (error: unknown) => {
        if (error instanceof ProblemError) {
          const refusal = { code: error.code, ...error.more }
          await insertRefusals(db, [refusedStart(clock.now(), caller.person, refusal)])
        }
        throw error
      })
      const answer = await executor.create({
        facts: planned.facts,
        assignments: planned.assignments,
        asker: caller,
        ...(key !== undefined && {
          idempotency: { key, request: digest(['POST /api/campaigns', asked as unknown as Json]) },
        }),
      })
      if (!answer.ok) throw new ProblemError(answer.refusal.code, answer.refusal)
      const { instance } = answer
      return reply
        .code(201)
        .header('location', `/api/campaigns/${instance.id}`)
        .send({
          id: instance.id,
          definition: definition.name,
          title: asked.title,
          dates: planned.facts.dates,
          instance: viewInstance(definition, planned.facts, instance),
          warnings: planned.warnings,
        })
    },
  )

  app.get(
    '/campaigns',
    {
      schema: {
        tags: ['campaigns'],
        summary: 'Campaigns that you may see, newest first',
        querystring: z.object(pageQuery),
      },
    },
    async ({ caller, query: { limit, cursor } }) => {
      const after = readCursor(cursor, z.tuple([cursorPart.instant, cursorPart.id]))
      const rows = await db
        .selectFrom('campaign')
        .innerJoin('instance', (join) =>
          join
            .onRef('instance.campaign_id', '=', 'campaign.campaign_id')
            .onRef('instance.id', '=', 'campaign.campaign_id'),
        )
        .select([
          'campaign.campaign_id',
          'campaign.definition',
          'campaign.title',
          'campaign.starts_on',
          'campaign.organiser',
          'campaign.created_at',
          'instance.status',
          'instance.state_value',
        ])
        .where(visibleTo(caller))
        .$if(after !== undefined, (query) =>
          query.where(
            sql<boolean>`(campaign.created_at, campaign.campaign_id) < (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`,
          ),
        )
        .orderBy('campaign.created_at', 'desc')
        .orderBy('campaign.campaign_id', 'desc')
        .limit(limit + 1)
        .execute()
      const page = pageOf(rows, limit, (row) => [row.created_at, row.campaign_id])
      return {
        items: page.items.map((row) => ({
          id: row.campaign_id,
          definition: row.definition,
          title: row.title,
          startsOn: row.starts_on,
          organiser: row.organiser,
          status: row.status,
          state: row.state_value,
          createdAt: row.created_at,
        })),
        next: page.next,
      }
    },
  )

  app.get(
    '/campaigns/:campaign',
    {
      schema: {
        tags: ['campaigns'],
        summary: 'A campaign: its dates, and how far everybody is',
        params: campaignParams,
      },
    },
    async ({ caller, params: { campaign } }) => {
      const access = await requireAccess(db, caller, campaign)
      const definition = definitionOf(context, access)
      const root = await db
        .selectFrom('instance')
        .selectAll()
        .where('campaign_id', '=', campaign)
        .where('id', '=', campaign)
        .executeTakeFirstOrThrow()
      const tallies = await db
        .selectFrom('instance')
        .select(['kind', 'state_value', 'status', sql<string>`count(*)`.as('n')])
        .where('campaign_id', '=', campaign)
        .groupBy(['kind', 'state_value', 'status'])
        .orderBy('kind')
        .orderBy('state_value')
        .execute()
      const { facts } = access
      return {
        id: campaign,
        definition: facts.definition,
        title: facts.title,
        startsOn: facts.startsOn,
        timezone: facts.timezone,
        calendar: facts.calendar,
        organiser: facts.organiser.unit,
        units: facts.units.map(({ id: unit, title }) => ({ id: unit, title })),
        dates: facts.dates,
        instance: viewRow(definition, facts, root),
        tallies: tallies.map(({ kind, state_value, status, n }) => ({
          kind,
          state: state_value,
          status,
          count: Number(n),
        })),
      }
    },
  )
}

/**
 * What is asked for, with the organisation's facts filled in.
 *
 * @throws {ProblemError} when the caller may not start it, or it cannot be planned
 */
async function planFor(
  context: Context,
  caller: Caller,
  campaign: string,
  asked: z.output<typeof body>,
): Promise<{ definition: Definition; planned: Extract<Planned, { ok: true }> }> {
  const { db } = context
  requireRole(caller, 'organiser', 'administrator')
  const definition = context.definitions.find(asked.definition, asked.version)
  if (!definition) throw new ProblemError('unknown_definition', { rule: asked.definition })
  const organiser = await organiserOf(context, caller, asked.organiser)
  const units = await unitsById(db, asked.units)
  const found = new Set(units.map((unit) => unit.id))
  const missing = asked.units.filter((unit) => !found.has(unit))
  if (missing.length > 0) throw new ProblemError('unknown_unit', { issues: missing })
  const planned = planCampaign(definition, {
    id: campaign,
    title: asked.title,
    startsOn: asked.startsOn,
    timezone: asked.timezone,
    organiser,
    units: units.map(({ id: unit, title, path }) => ({ id: unit, title, path })),
    assignments: await grantable(context, asked.assignments),
    ...(asked.dates && { overrides: asked.dates }),
  })
  if (!planned.ok) throw new ProblemError(planned.refusal.code, planned.refusal)
  return { definition, planned }
}

/** The unit that runs the campaign: in the subtree of the organiser's own. */
async function organiserOf(
  { db }: Context,
  caller: Caller,
  asked: string | undefined,
): Promise<{ unit: string; path: string[] }> {
  const wanted = asked ?? caller.home.at(-1)
  if (wanted === undefined) throw new ProblemError('unknown_unit', { rule: 'organiser' })
  const [unit] = await unitsById(db, [wanted])
  if (!unit) throw new ProblemError('unknown_unit', { rule: wanted })
  const organiser = { unit: unit.id, path: unit.path }
  if (!authorizeAct({ organiser }, caller).ok) throw new ProblemError('forbidden', { rule: wanted })
  return organiser
}

/** Assignments with the facts that recusal is decided on: to which units the persons belong, now. */
export async function grantable({ db, newId }: Context, asked: AssignmentBody[]): Promise<Assignment[]> {
  const persons = asked.flatMap(({ person, onBehalfOf }) => [person, onBehalfOf ?? person])
  const known = await peopleById(db, [...new Set(persons)])
  const missing = [...new Set(persons.filter((person) => !known.has(person)))]
  if (missing.length > 0) throw new ProblemError('unknown_person', { issues: missing })
  return asked.map(({ role, person, unit, from, until, onBehalfOf }) => ({
    id: newId(),
    role,
    person,
    home: known.get(person)?.home ?? [],
    ...(unit !== undefined && { unit }),
    ...(from !== undefined && { from: instant(from) }),
    ...(until !== undefined && { until: instant(until) }),
    ...(onBehalfOf !== undefined && {
      onBehalfOf: { person: onBehalfOf, home: known.get(onBehalfOf)?.home ?? [] },
    }),
  }))
}

function instant(text: string): string {
  return new Date(text).toISOString()
}

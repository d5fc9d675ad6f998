import { replay, transcript, type PinnedDefinition, type Transition } from '@duban/engine'
import { Readable } from 'node:stream'
import { z } from 'zod'
import { campaignHistory, instanceHistory, viewTransition, type HistoryRow } from '../audit/history.ts'
import { verifyCampaign } from '../audit/verify.ts'
import type { Access } from '../campaigns/access.ts'
import { requireAccess } from './access.ts'
import { pinnedDefinition } from '../execute/facts.ts'
import { viewInstance } from '../campaigns/view.ts'
import { peopleById } from '../organisation/people.ts'
import { campaignParams } from './campaigns.ts'
import type { Api, Context } from './context.ts'
import { definitionOf } from './pinned.ts'
import { instanceParams, readInstance } from './instances.ts'
import { cursorPart, pageOf, pageQuery, readCursor } from './page.ts'
import { localeOf, ProblemError } from './problem.ts'

const NDJSON = 'application/x-ndjson'
const cursorKey = z.tuple([cursorPart.instant, cursorPart.seq])

/** What an auditor reads: histories, replays, the verdict. */
export async function history(app: Api, context: Context): Promise<void> {
  const { db } = context

  app.get(
    '/campaigns/:campaign/history',
    {
      schema: {
        tags: ['audit'],
        summary: 'All transitions of a campaign; Accept: application/x-ndjson streams, text/plain prints a transcript',
        params: campaignParams,
        querystring: z.object(pageQuery),
      },
    },
    async ({ caller, params: { campaign }, query, headers }, reply) => {
      const access = await requireAccess(db, caller, campaign)
      if (headers.accept?.includes(NDJSON)) {
        return reply.type(NDJSON).send(Readable.from(lines(everything(context, access))))
      }
      if (headers.accept?.includes('text/plain')) {
        return reply
          .type('text/plain; charset=utf-8')
          .send(await transcriptOf(context, access, headers['accept-language']))
      }
      const after = readCursor(query.cursor, cursorKey)
      const rows = await campaignHistory(db, access, after, query.limit + 1)
      const page = pageOf(rows, query.limit, (row) => [row.at, row.seq])
      return { items: page.items.map(viewTransition), next: page.next }
    },
  )

  app.get(
    '/campaigns/:campaign/instances/:instance/history',
    {
      schema: {
        tags: ['audit'],
        summary: 'The transitions of one instance; Accept: application/x-ndjson streams',
        params: instanceParams,
        querystring: z.object(pageQuery),
      },
    },
    async ({ caller, params: { campaign, instance }, query, headers }, reply) => {
      const access = await requireAccess(db, caller, campaign)
      await readInstance(context, access, instance)
      if (headers.accept?.includes(NDJSON)) {
        return reply.type(NDJSON).send(Readable.from(lines(instanceHistory(db, campaign, instance))))
      }
      const after = readCursor(query.cursor, z.tuple([cursorPart.number]))
      const rows = await db
        .selectFrom('transition')
        .select(['instance_id', 'version', 'at', 'recorded_at', 'record', 'hash', 'seq'])
        .where('campaign_id', '=', campaign)
        .where('instance_id', '=', instance)
        .where('version', '>', after?.[0] ?? 0)
        .orderBy('version')
        .limit(query.limit + 1)
        .execute()
      const page = pageOf(rows, query.limit, (row) => [row.version])
      return { items: page.items.map(viewTransition), next: page.next }
    },
  )

  app.get(
    '/campaigns/:campaign/instances/:instance/replay',
    {
      schema: {
        tags: ['audit'],
        summary: 'The state at an instant or a version, recomputed from the history, and whether it matches',
        params: instanceParams,
        querystring: z.object({
          at: z.iso.datetime({ offset: true }).optional(),
          version: z.coerce.number().int().positive().optional(),
        }),
      },
    },
    async ({ caller, params: { campaign, instance }, query }) => {
      const access = await requireAccess(db, caller, campaign)
      await readInstance(context, access, instance)
      const rows: HistoryRow[] = []
      for await (const row of instanceHistory(db, campaign, instance)) rows.push(row)
      const until = query.at === undefined ? undefined : new Date(query.at).toISOString()
      const replayed = replay(
        definitionOf(context, access),
        access.facts,
        rows,
        ({ version, event }) =>
          (query.version === undefined || version <= query.version) && (until === undefined || event.at <= until),
        await versionsOf(context, campaign),
      )
      if (!replayed.instance && !replayed.mismatch) {
        throw new ProblemError('not_found', {
          detail: { zh: '当时尚未启动', en: 'it had not been opened by then' },
        })
      }
      return {
        instance:
          replayed.instance && viewInstance(replayed.pinned.definition, replayed.pinned.campaign, replayed.instance),
        matches: replayed.mismatch === null,
        mismatch: replayed.mismatch,
      }
    },
  )

  app.get(
    '/campaigns/:campaign/refusals',
    {
      schema: {
        tags: ['audit'],
        summary: 'What was refused, to whom, and by which rule; oldest first',
        params: campaignParams,
        querystring: z.object(pageQuery),
      },
    },
    async ({ caller, params: { campaign }, query: { limit, cursor } }) => {
      const access = await requireAccess(db, caller, campaign)
      if (access.units !== 'all') throw new ProblemError('forbidden', { rule: 'refusals' })
      const after = readCursor(cursor, z.tuple([cursorPart.seq]))
      const rows = await db
        .selectFrom('refusal')
        .selectAll()
        .where('campaign_id', '=', campaign)
        .where('id', '>', after?.[0] ?? '0')
        .orderBy('id')
        .limit(limit + 1)
        .execute()
      const page = pageOf(rows, limit, (row) => [row.id])
      return {
        items: page.items.map((row) => ({
          instance: row.instance_id,
          at: row.at,
          person: row.person_id,
          event: row.event,
          code: row.code,
          rule: row.rule,
          issues: row.detail,
        })),
        next: page.next,
      }
    },
  )

  app.get(
    '/campaigns/:campaign/verify',
    {
      schema: {
        tags: ['audit'],
        summary: 'Recomputes the whole campaign and names every transition that does not match',
        params: campaignParams,
      },
    },
    async ({ caller, params: { campaign } }) => {
      const access = await requireAccess(db, caller, campaign)
      if (access.units !== 'all') throw new ProblemError('forbidden', { rule: 'verify' })
      return verifyCampaign(db, context.definitions, campaign)
    },
  )
}

async function* everything({ db }: Context, access: Access): AsyncGenerator<HistoryRow> {
  for (let after: [string, string] | undefined; ;) {
    const rows = await campaignHistory(db, access, after, 500)
    yield* rows
    const last = rows.at(-1)
    if (!last || rows.length < 500) return
    after = [last.at, last.seq]
  }
}

async function* lines(rows: AsyncIterable<HistoryRow>): AsyncGenerator<string> {
  for await (const row of rows) yield `${JSON.stringify(viewTransition(row))}\n`
}

/** The versions that a campaign ran on, as the tables have them (`verify` compares those with the history). */
async function versionsOf(
  { db, definitions }: Context,
  campaign: string,
): Promise<(name: string) => PinnedDefinition | undefined> {
  const rows = await db.selectFrom('campaign_facts').select('definition').where('campaign_id', '=', campaign).execute()
  const pins = new Map<string, PinnedDefinition>()
  for (const { definition } of rows) {
    const pinned = await pinnedDefinition(db, definitions, campaign, definition)
    if (pinned) pins.set(definition, pinned)
  }
  return (name) => pins.get(name)
}

async function transcriptOf(context: Context, access: Access, language: string | undefined): Promise<string> {
  const transitions: Transition[] = []
  for await (const row of everything(context, access)) transitions.push(JSON.parse(row.record) as Transition)
  const persons = transitions.flatMap(({ event }) =>
    'actor' in event && event.actor ? [event.actor.person, event.actor.authority.onBehalfOf ?? ''] : [],
  )
  const names = await peopleById(context.db, [...new Set(persons)])
  return transcript(definitionOf(context, access), access.facts, transitions, {
    locale: localeOf(language),
    versions: await versionsOf(context, access.facts.id),
    nameOf: (person) => names.get(person)?.name ?? person,
  })
}

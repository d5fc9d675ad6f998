import { sql } from 'kysely'
import { z } from 'zod'
import { explain, resolveDates } from '@duban/engine'
import { within } from '../campaigns/access.ts'
import { requireAccess } from './access.ts'
import { campaignParams } from './campaigns.ts'
import type { Api, Context } from './context.ts'
import { definitionOf, pinsIn } from './pinned.ts'
import { cursorPart, pageOf, pageQuery, readCursor } from './page.ts'
import { localeOf, ProblemError } from './problem.ts'

/** What is due, why it is due then, and what people were told about it. */
export async function deadlines(app: Api, context: Context): Promise<void> {
  const { db } = context

  app.get(
    '/campaigns/:campaign/deadlines',
    {
      schema: {
        tags: ['campaigns'],
        summary: 'Deadlines and reminders that are armed, by due instant',
        params: campaignParams,
        querystring: z.object(pageQuery),
      },
    },
    async ({ caller, params: { campaign }, query: { limit, cursor } }) => {
      const access = await requireAccess(db, caller, campaign)
      const after = readCursor(cursor, z.tuple([cursorPart.instant, cursorPart.id, cursorPart.text]))
      const rows = await db
        .selectFrom('deadline')
        .innerJoin('instance', (join) =>
          join
            .onRef('instance.campaign_id', '=', 'deadline.campaign_id')
            .onRef('instance.id', '=', 'deadline.instance_id'),
        )
        .select([
          'deadline.instance_id',
          'deadline.timer',
          'deadline.date_name',
          'deadline.reminder',
          'deadline.due',
          'instance.kind',
          'instance.unit_id',
          'instance.campaign_id',
          'instance.definition',
        ])
        .where('deadline.campaign_id', '=', campaign)
        .where(within(access))
        .$if(after !== undefined, (q) =>
          q.where(
            sql<boolean>`(deadline.due, deadline.instance_id, deadline.timer) > (${after?.[0]}::timestamptz, ${after?.[1]}::uuid, ${after?.[2]})`,
          ),
        )
        .orderBy('deadline.due')
        .orderBy('deadline.instance_id')
        .orderBy('deadline.timer')
        .limit(limit + 1)
        .execute()
      const page = pageOf(rows, limit, (row) => [row.due, row.instance_id, row.timer])
      const pins = await pinsIn(context, page.items)
      return {
        items: page.items.map((row) => ({
          instance: row.instance_id,
          kind: row.kind,
          unit: row.unit_id,
          date: row.date_name,
          title: pins(row.definition).definition.dates[row.date_name]?.title ?? null,
          reminder: row.reminder,
          due: row.due,
        })),
        next: page.next,
      }
    },
  )

  app.get(
    '/campaigns/:campaign/dates/:date',
    {
      schema: {
        tags: ['campaigns'],
        summary: 'Why a date is what it is: the rule, the calendar and its version, each step',
        params: campaignParams.extend({ date: z.string().max(64) }),
      },
    },
    async ({ caller, params: { campaign, date }, headers }) => {
      const access = await requireAccess(db, caller, campaign)
      const { facts } = access
      const definition = definitionOf(context, access)
      const overrides = Object.fromEntries(
        Object.entries(facts.dates).flatMap(([name, { on, override }]) =>
          override ? [[name, { on, reason: override.reason }]] : [],
        ),
      )
      const { dates } = resolveDates(definition.dates, { ...facts, overrides })
      const resolved = Object.hasOwn(dates, date) ? dates[date] : undefined
      if (!resolved) throw new ProblemError('not_found', { rule: date })
      const locale = localeOf(headers['accept-language'])
      return {
        date,
        title: definition.dates[date]?.title ?? null,
        ...resolved,
        explanation: explain(date, resolved, locale),
      }
    },
  )

  app.get(
    '/notices',
    {
      schema: {
        tags: ['work'],
        summary: 'Reminders and escalations addressed to you, newest first',
        querystring: z.object(pageQuery),
      },
    },
    async ({ caller, query: { limit, cursor } }) => {
      const after = readCursor(
        cursor,
        z.tuple([cursorPart.instant, cursorPart.id, cursorPart.number, cursorPart.number]),
      )
      const { rows } = await sql<{
        campaign_id: string
        instance_id: string
        version: number
        n: number
        at: string
        text_zh: string
        text_en: string
      }>`
        SELECT n.campaign_id, n.instance_id, n.version, n.n, n.at, n.text_zh, n.text_en FROM notice n
        WHERE EXISTS (SELECT 1 FROM assignment a
                      WHERE a.campaign_id = n.campaign_id AND a.person_id = ${caller.person} AND a.revoked_at IS NULL
                        AND a.role = ANY(n.roles) AND (a.unit_id IS NULL OR n.unit_path @> ARRAY[a.unit_id]))
          ${
            after
              ? sql`AND (n.at, n.instance_id, n.version, n.n) < (${after[0]}::timestamptz, ${after[1]}::uuid, ${after[2]}, ${after[3]})`
              : sql``
          }
        ORDER BY n.at DESC, n.instance_id DESC, n.version DESC, n.n DESC LIMIT ${limit + 1}
      `.execute(db)
      const page = pageOf(rows, limit, (row) => [row.at, row.instance_id, row.version, row.n])
      return {
        items: page.items.map((row) => ({
          campaign: row.campaign_id,
          instance: row.instance_id,
          at: row.at,
          text: { zh: row.text_zh, en: row.text_en },
        })),
        next: page.next,
      }
    },
  )
}

import { offers, type Assignment } from '@duban/engine'
import { sql } from 'kysely'
import { z } from 'zod'
import { assignmentsOf } from '../campaigns/access.ts'
import { pinnedDefinition } from '../execute/facts.ts'
import { viewInstance } from '../campaigns/view.ts'
import type { InstanceRow } from '../database/schema.ts'
import { instanceOf } from '../execute/rows.ts'
import type { Caller } from './caller.ts'
import type { Api, Context } from './context.ts'
import { cursorPart, pageQuery, readCursor, writeCursor } from './page.ts'

type Task = {
  campaign: string
  campaignTitle: string
  instance: string
  kind: string
  unit: string | null
  unitTitle: unknown
  state: unknown
  stateTitle: unknown
  version: number
  command: string
  title: unknown
  due: string | null
}

const FAR = '9999-12-31T00:00:00.000Z'

/** My worklist (待办): every command that I may do now, in every campaign, the most urgent instance first. */
export async function tasks(app: Api, context: Context): Promise<void> {
  const { db, clock, definitions } = context
  app.get(
    '/tasks',
    {
      schema: {
        tags: ['work'],
        summary: 'What you may do now, across campaigns, by due date',
        querystring: z.object({ ...pageQuery, campaign: z.uuid().optional() }),
      },
    },
    async ({ caller, query }) => {
      const now = clock.now()
      const items: Task[] = []
      let after = readCursor(query.cursor, z.tuple([cursorPart.instant, cursorPart.id]))
      const held = new Map<string, Assignment[]>()
      for (;;) {
        const rows = await candidates(context, caller, query.campaign, after, query.limit)
        for (const row of rows) {
          // A page ends between instances, never within one: the cursor names an instance.
          if (items.length >= query.limit) return { items, next: after ? writeCursor(after) : null }
          after = [row.due ?? FAR, row.id]
          const pinned = await pinnedDefinition(db, definitions, row.campaign_id, row.definition)
          if (!pinned) continue
          const { definition, campaign: facts } = pinned
          const instance = instanceOf(row)
          const assignments = held.get(row.campaign_id) ?? (await assignmentsOf(db, row.campaign_id, caller.person))
          held.set(row.campaign_id, assignments)
          const view = viewInstance(definition, facts, instance)
          const its = offers({ definition, campaign: facts, assignments, instance }, caller, now)
          for (const offer of its.filter(({ command }) => definition.commands[command])) {
            items.push({
              campaign: row.campaign_id,
              campaignTitle: facts.title,
              instance: row.id,
              kind: row.kind,
              unit: row.unit_id,
              unitTitle: view.unitTitle,
              state: view.state,
              stateTitle: view.stateTitle,
              version: row.version,
              command: offer.command,
              title: offer.title,
              due: offer.due,
            })
          }
        }
        if (rows.length < query.limit) return { items, next: null }
      }
    },
  )
}

/**
 * Instances that one of the caller's roles reaches and that accept a command of this role; `authorize`
 * decides the rest. Without the role's commands whoever leads 10,000 units would have them all read.
 */
async function candidates(
  { db, definitions }: Context,
  caller: Caller,
  campaign: string | undefined,
  after: [string, string] | undefined,
  limit: number,
): Promise<InstanceRow[]> {
  const may = definitions.all.flatMap(({ name, commands }) =>
    Object.entries(commands).flatMap(([command, { by }]) => by.map((role) => ({ name, role, command }))),
  )
  const { rows } = await sql<InstanceRow>`
    WITH may AS (
      SELECT name, role, array_agg(command) AS commands
      FROM unnest(${may.map(({ name }) => name)}::text[], ${may.map(({ role }) => role)}::text[],
                  ${may.map(({ command }) => command)}::text[]) AS m(name, role, command)
      GROUP BY name, role
    )
    SELECT i.* FROM instance i JOIN campaign c USING (campaign_id)
    WHERE i.status = 'active' AND i.accepts <> '{}'
      AND EXISTS (SELECT 1 FROM assignment a JOIN may ON may.name = i.definition AND may.role = a.role
                  WHERE i.accepts && may.commands AND a.person_id = ${caller.person} AND a.campaign_id = i.campaign_id AND a.revoked_at IS NULL
                    AND (a.unit_id IS NULL OR i.unit_path @> ARRAY[a.unit_id]))
      ${campaign === undefined ? sql`` : sql`AND i.campaign_id = ${campaign}`}
      ${after ? sql`AND (coalesce(i.due, ${FAR}), i.id) > (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
    ORDER BY coalesce(i.due, ${FAR}), i.id LIMIT ${limit}
  `.execute(db)
  return rows
}

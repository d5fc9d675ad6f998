import { digest, offers, type Asker, type Event, type Instance, type Json, type Offer } from '@duban/engine'
import { sql } from 'kysely'
import { z } from 'zod'
import { holdersIn, within, type Access } from '../campaigns/access.ts'
import { requireAccess } from './access.ts'
import { viewInstance, viewRow } from '../campaigns/view.ts'
import type { InstanceRow } from '../database/schema.ts'
import { instanceOf } from '../execute/rows.ts'
import type { Caller } from './caller.ts'
import type { Api, Context } from './context.ts'
import { campaignParams } from './campaigns.ts'
import { commandHeaders, readIfMatch } from './headers.ts'
import { cursorPart, pageOf, pageQuery, readCursor } from './page.ts'
import { pinsIn } from './pinned.ts'
import { ProblemError } from './problem.ts'

export const instanceParams = campaignParams.extend({ instance: z.uuid().toLowerCase() })

const board = z.object({
  ...pageQuery,
  kind: z.string().max(64).optional(),
  unit: z.string().max(64).optional().describe('this unit and those below it'),
  state: z.string().max(200).optional(),
  status: z.enum(['active', 'suspended', 'done', 'closed', 'cancelled']).optional(),
  parent: z.uuid().optional(),
})

const commandBody = z.strictObject({
  command: z.string().min(1).max(128),
  payload: z.unknown().optional(),
})

/** The board, one instance, and the commands that change it. */
export async function instances(app: Api, context: Context): Promise<void> {
  const { db, clock } = context

  app.get(
    '/campaigns/:campaign/instances',
    {
      schema: {
        tags: ['instances'],
        summary: 'The board',
        params: campaignParams,
        querystring: board,
      },
    },
    async ({ caller, params: { campaign }, query }) => {
      const access = await requireAccess(db, caller, campaign)
      const after = readCursor(query.cursor, z.tuple([cursorPart.text, cursorPart.id]))
      const { kind, unit, state, status, parent, limit } = query
      const rows = await db
        .selectFrom('instance')
        .selectAll()
        .where('campaign_id', '=', campaign)
        .where(within(access))
        .$if(kind !== undefined, (q) => q.where('kind', '=', kind ?? ''))
        .$if(unit !== undefined, (q) => q.where(sql<boolean>`unit_path @> ARRAY[${unit}]`))
        .$if(state !== undefined, (q) => q.where('state_value', '=', state ?? ''))
        .$if(status !== undefined, (q) => q.where('status', '=', status ?? ''))
        .$if(parent !== undefined, (q) => q.where('parent_id', '=', parent ?? ''))
        .$if(after !== undefined, (q) => q.where(sql<boolean>`(kind, id) > (${after?.[0]}, ${after?.[1]}::uuid)`))
        .orderBy('kind')
        .orderBy('id')
        .limit(limit + 1)
        .execute()
      const page = pageOf(rows, limit, (row) => [row.kind, row.id])
      const pins = await pinsIn(context, page.items)
      return {
        items: page.items.map((row) => {
          const { definition, campaign: facts } = pins(row.definition)
          return viewRow(definition, facts, row)
        }),
        next: page.next,
      }
    },
  )

  app.get(
    '/campaigns/:campaign/instances/:instance',
    {
      schema: {
        tags: ['instances'],
        summary: 'One instance: state, context, deadlines, and what you may do now, with the schema of each payload',
        params: instanceParams,
      },
    },
    async ({ caller, params: { campaign, instance: id } }, reply) => {
      const access = await requireAccess(db, caller, campaign)
      const row = await readInstance(context, access, id)
      const { definition, campaign: facts } = (await pinsIn(context, [row]))(row.definition)
      const instance = instanceOf(row)
      void reply.header('etag', `"${row.version}"`)
      return {
        ...viewRow(definition, facts, row),
        deadlines: Object.entries(instance.state.timers).map(([timer, { date, due, reminder }]) => ({
          timer,
          date,
          title: definition.dates[date]?.title ?? null,
          due,
          reminder: reminder ?? null,
        })),
        commands: await offersTo(context, access, row, instance, caller, clock.now()),
      }
    },
  )

  app.post(
    '/campaigns/:campaign/instances/:instance/commands',
    {
      schema: {
        tags: ['instances'],
        summary: 'Do something: a command of the definition, or an administrative act',
        params: instanceParams,
        headers: commandHeaders,
        body: commandBody,
      },
    },
    async ({ caller, params, body, headers }, reply) => {
      const ifMatch = readIfMatch(headers['if-match'])
      const key = headers['idempotency-key']
      if (body.command === 'assignment.grant' || body.command === 'assignment.revoke') {
        throw new ProblemError('unknown_command', {
          rule: body.command,
          detail: { zh: '请使用 …/assignments', en: 'use …/assignments' },
        })
      }
      const answer = await command(context, caller, {
        ...params,
        command: body.command,
        payload: body.payload,
        ...(ifMatch !== undefined && { ifMatch }),
        ...(key !== undefined && {
          idempotency: { key, request: digest([params, body as unknown as Json, ifMatch ?? null]) },
        }),
      })
      void reply.header('etag', `"${answer.instance.version}"`)
      return answer
    },
  )
}

export type Commanded = {
  instance: ReturnType<typeof viewInstance>
  transition: { version: number; at: string; from: Json; to: Json; hash: string; event: Event }
}

/**
 * The path of a person's command: what is due in the campaign comes first, then `execute`. Who may not see
 * the instance is told that it does not exist.
 */
export async function command(
  context: Context,
  asker: Caller,
  asked: {
    campaign: string
    instance: string
    command: string
    payload: unknown
    ifMatch?: number
    idempotency?: { key: string; request: string }
  },
): Promise<Commanded> {
  const { db, executor } = context
  const access = await requireAccess(db, asker, asked.campaign)
  if (!(await findInstance(context, access, asked.instance))) {
    // It may be a child on its way.
    await executor.settle(asked.campaign)
    await readInstance(context, access, asked.instance)
  }
  const answer = await executor.command({ asker, ...asked })
  if (!answer.ok) throw new ProblemError(answer.refusal.code, answer.refusal)
  const { transition, hash, instance } = answer
  // Told in the version in which it was done; after a migration that is not the one it was asked in.
  const done = { campaign_id: asked.campaign, definition: transition.definition }
  const { definition, campaign } = (await pinsIn(context, [done]))(transition.definition)
  return {
    instance: viewInstance(definition, campaign, instance),
    transition: {
      version: transition.version,
      at: transition.event.at,
      from: transition.from,
      to: transition.to,
      hash,
      event: transition.event,
    },
  }
}

/** @throws {ProblemError} `not_found`, also for what the caller may not see */
export async function readInstance(context: Context, access: Access, id: string): Promise<InstanceRow> {
  const row = await findInstance(context, access, id)
  if (!row) throw new ProblemError('not_found', { rule: id })
  return row
}

function findInstance({ db }: Context, access: Access, id: string): Promise<InstanceRow | undefined> {
  return db
    .selectFrom('instance')
    .selectAll()
    .where('campaign_id', '=', access.facts.id)
    .where('id', '=', id)
    .where(within(access))
    .executeTakeFirst()
}

async function offersTo(
  context: Context,
  { assignments }: Access,
  row: InstanceRow,
  instance: Instance,
  asker: Asker,
  now: string,
): Promise<Offer[]> {
  const { definition, campaign } = (await pinsIn(context, [row]))(row.definition)
  const holders = await holdersIn(context.db, campaign.id)
  const canMigrate = context.definitions.all.some(
    ({ id, takesOver }) => id === definition.id && takesOver[definition.version] !== undefined,
  )
  return offers({ definition, campaign, assignments, instance }, asker, now, { holders, canMigrate })
}

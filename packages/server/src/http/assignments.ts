import { digest, type Assignment, type Json } from '@duban/engine'
import { z } from 'zod'
import { requireAccess } from './access.ts'
import { assignmentBody, campaignParams, grantable } from './campaigns.ts'
import type { Api, Context } from './context.ts'
import { commandHeaders } from './headers.ts'
import { command } from './instances.ts'

/** Who holds which role in a campaign. Granting and revoking are acts on its root, in its history. */
export async function assignments(app: Api, context: Context): Promise<void> {
  const { db } = context

  app.get(
    '/campaigns/:campaign/assignments',
    { schema: { tags: ['campaigns'], summary: 'Who holds which role', params: campaignParams } },
    async ({ caller, params: { campaign } }) => {
      const access = await requireAccess(db, caller, campaign)
      const rows = await db
        .selectFrom('assignment')
        .select(['granted', 'revoked_at'])
        .where('campaign_id', '=', campaign)
        .orderBy('role')
        .orderBy('id')
        .execute()
      const { units } = access
      const items = rows.map((row) => ({
        ...(JSON.parse(row.granted) as Assignment),
        revokedAt: row.revoked_at,
      }))
      return {
        items: items.filter(({ unit }) => units === 'all' || unit === undefined || units.includes(unit)),
      }
    },
  )

  app.post(
    '/campaigns/:campaign/assignments',
    {
      schema: {
        tags: ['campaigns'],
        summary: 'Grant a role',
        params: campaignParams,
        headers: commandHeaders,
        body: assignmentBody,
      },
    },
    async ({ caller, params: { campaign }, body, headers }, reply) => {
      await requireAccess(db, caller, campaign)
      const [assignment] = await grantable(context, [body])
      const key = headers['idempotency-key']
      const answer = await command(context, caller, {
        campaign,
        instance: campaign,
        command: 'assignment.grant',
        payload: { assignment },
        ...(key !== undefined && {
          idempotency: { key, request: digest(['grant', campaign, body as unknown as Json]) },
        }),
      })
      const event = answer.transition.event as { payload?: { assignment?: Json } }
      return reply.code(201).send({ assignment: event.payload?.assignment ?? null, transition: answer.transition })
    },
  )

  app.delete(
    '/campaigns/:campaign/assignments/:assignment',
    {
      schema: {
        tags: ['campaigns'],
        summary: 'Revoke a role; it ends now',
        params: campaignParams.extend({ assignment: z.uuid().toLowerCase() }),
        querystring: z.object({ reason: z.string().trim().min(1).max(2000) }),
      },
    },
    async ({ caller, params: { campaign, assignment }, query }) => {
      const { transition } = await command(context, caller, {
        campaign,
        instance: campaign,
        command: 'assignment.revoke',
        payload: { assignment, reason: query.reason },
      })
      return { assignment, revokedAt: transition.at, transition }
    },
  )
}

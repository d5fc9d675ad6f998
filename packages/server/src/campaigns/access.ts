import type { Asker, Assignment, CampaignFacts } from '@duban/engine'
import { sql, type RawBuilder } from 'kysely'
import type { Db } from '../database/open.ts'
import { factsOf } from '../execute/facts.ts'

/**
 * What of a campaign a person may read: all of it, or the root and what belongs to some units and the
 * units below them. The facts are those of the version that the campaign runs on now.
 */
export type Access = { facts: CampaignFacts; assignments: Assignment[]; units: 'all' | string[] }

/** Campaigns that a person may see: of their unit's subtree, with a role of theirs, or theirs to steer. */
export function visibleTo(caller: Asker): RawBuilder<boolean> {
  if (readsAll(caller)) return sql<boolean>`true`
  const own = caller.home.at(-1) ?? ''
  const steers = caller.builtIn.includes('organiser')
  return sql<boolean>`(
    EXISTS (SELECT 1 FROM campaign_unit u WHERE u.campaign_id = campaign.campaign_id AND u.path @> ARRAY[${own}])
    OR EXISTS (SELECT 1 FROM assignment a WHERE a.campaign_id = campaign.campaign_id
               AND a.person_id = ${caller.person} AND a.revoked_at IS NULL)
    OR (${steers} AND campaign.organiser_path @> ARRAY[${own}])
  )`
}

function readsAll({ builtIn }: Asker): boolean {
  return builtIn.includes('administrator') || builtIn.includes('auditor')
}

/** Undefined for a campaign that is not there, and for one that is none of the caller's business. */
export async function accessTo(db: Db, caller: Asker, campaign: string): Promise<Access | undefined> {
  const row = await db
    .selectFrom('campaign')
    .select('definition')
    .where('campaign_id', '=', campaign)
    .where(visibleTo(caller))
    .executeTakeFirst()
  const facts = row && (await factsOf(db, campaign, row.definition))
  if (!facts) return undefined
  const assignments = await assignmentsOf(db, campaign, caller.person)
  const own = caller.home.at(-1)
  const whole =
    readsAll(caller) ||
    assignments.some(({ unit }) => unit === undefined) ||
    (caller.builtIn.includes('organiser') && own !== undefined && facts.organiser.path.includes(own))
  if (whole) return { facts, assignments, units: 'all' }
  const units = [own, ...assignments.map(({ unit }) => unit)].filter((unit) => unit !== undefined)
  return { facts, assignments, units: [...new Set(units)] }
}

/** Instances within an access: the root, and those of its units. */
export function within(access: Access): RawBuilder<boolean> {
  return access.units === 'all'
    ? sql<boolean>`true`
    : sql<boolean>`(instance.depth = 0 OR instance.unit_path && ${access.units}::text[])`
}

/** Everybody who holds a role in a campaign, by id. */
export async function holdersIn(db: Db, campaign: string): Promise<{ [role: string]: string[] }> {
  const rows = await db
    .selectFrom('assignment')
    .select(['role', 'person_id'])
    .distinct()
    .where('campaign_id', '=', campaign)
    .where('revoked_at', 'is', null)
    .orderBy('role')
    .orderBy('person_id')
    .execute()
  const byRole = Map.groupBy(rows, ({ role }) => role)
  return Object.fromEntries([...byRole].map(([role, its]) => [role, its.map(({ person_id }) => person_id)]))
}

export async function assignmentsOf(db: Db, campaign: string, person: string): Promise<Assignment[]> {
  const rows = await db
    .selectFrom('assignment')
    .select('granted')
    .where('campaign_id', '=', campaign)
    .where('person_id', '=', person)
    .where('revoked_at', 'is', null)
    .orderBy('id')
    .execute()
  return rows.map(({ granted }) => JSON.parse(granted) as Assignment)
}

import { canonical, type Cause } from '@duban/engine'
import { sql } from 'kysely'
import type { Db } from '../database/open.ts'
import { find, namedIn, type Row, type Verdict } from './finding.ts'

/** What a transition says caused it, to be looked up. */
export type Claim = {
  row: Row
  version: number
  cause: Cause
  definition: string
  inherits: boolean
}

type Audit = { db: Db; campaign: string; claims: Claim[]; refuted: Claim[]; verdict: Verdict }

/**
 * Each cause must be a transition of this campaign, with the hash that is claimed; what takes its version from
 * above must have that one. (A record is canonical, so it begins with its campaign and its definition.)
 */
export async function lookUpCauses({ db, campaign, claims, refuted }: Audit): Promise<void> {
  const asked = claims.splice(0)
  if (asked.length === 0) return
  const { rows } = await sql<{ n: number }>`
    SELECT c.n FROM unnest(
      ${asked.map((_, n) => n)}::int[], ${asked.map(({ cause }) => cause.instance)}::text[],
      ${asked.map(({ cause }) => cause.version)}::int[], ${asked.map(({ cause }) => cause.hash)}::text[],
      ${asked.map(({ definition, inherits }) => (inherits ? beginning(campaign, definition) : ''))}::text[]
    ) AS c(n, instance, version, hash, beginning)
    WHERE NOT EXISTS (
      SELECT 1 FROM transition t WHERE t.campaign_id = ${campaign}
        AND t.instance_id::text = c.instance AND t.version = c.version AND t.hash = c.hash
        AND starts_with(t.record, c.beginning))
    ORDER BY c.n
  `.execute(db)
  refuted.push(...rows.flatMap(({ n }) => asked[n] ?? []))
}

function beginning(campaign: string, definition: string): string {
  return canonical({ campaign, definition }).replace(/\}$/u, ',')
}

// Where the cause itself is named already, those that it caused have done nothing wrong.
export function findRefuted({ refuted, verdict }: Pick<Audit, 'refuted' | 'verdict'>): void {
  const named = namedIn(verdict)
  for (const { row, version, cause } of refuted) {
    if (named.has(cause.instance)) continue
    const detail = `its cause, version ${cause.version} of ${cause.instance}, is not there, or is another, or of another version`
    find(verdict, row, version, 'cause', detail)
  }
}

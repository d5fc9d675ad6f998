import {
  canonical,
  replay,
  type CampaignFacts,
  type Cause,
  type Definition,
  type Instance,
  type Mismatch,
  type Transition,
} from '@duban/engine'
import { sql } from 'kysely'
import type { Db } from '../database/open.ts'
import type { InstanceRow } from '../database/schema.ts'
import { columnsOf } from '../execute/columns.ts'
import { grantsOf, permission, type Granted } from './grants.ts'
import { instanceHistory, type HistoryRow } from './history.ts'

export type Finding = {
  instance: string
  kind: string
  unit: string | null
  version: number | null
  what: string
  detail: string
}
export type Verdict = { ok: boolean; instances: number; transitions: number; findings: Finding[] }

type Row = Pick<InstanceRow, 'id' | 'kind' | 'unit_id'>
/** What a transition says caused it, to be looked up. */
type Claim = { row: Row; version: number; cause: Cause }
type Audit = {
  db: Db
  definition: Definition
  facts: CampaignFacts
  grants: Granted[]
  claims: Claim[]
  /** Claims that no transition bears out. */
  refuted: Claim[]
  verdict: Verdict
}

// An auditor needs the first few; a campaign that is wrong everywhere need not be listed whole.
const MOST_FINDINGS = 100
const PAGE = 200

/**
 * Recomputes a whole campaign from its history and compares: every hash, every chain, every step, every
 * cause, every permission, and what the tables say now. Trusts the definition's code and nothing in the
 * database. Not yet seen: an instance that was deleted with its whole history, and when a transition was
 * recorded; the log of signed checkpoints is for those.
 */
export async function verifyCampaign(
  db: Db,
  definition: Definition,
  campaign: string,
): Promise<Verdict> {
  const verdict: Verdict = { ok: true, instances: 0, transitions: 0, findings: [] }
  const facts = await recordedFacts(db, campaign, verdict)
  const grants = await grantsOf(db, campaign)
  const audit: Audit = { db, definition, facts, grants, claims: [], refuted: [], verdict }
  for (let after = ''; ;) {
    const rows = await db
      .selectFrom('instance')
      .selectAll()
      .where('campaign_id', '=', campaign)
      .$if(after !== '', (query) => query.where('id', '>', after))
      .orderBy('id')
      .limit(PAGE)
      .execute()
    for (const row of rows) await verifyInstance(audit, row)
    await lookUpCauses(audit)
    after = rows.at(-1)?.id ?? ''
    if (rows.length < PAGE || verdict.findings.length >= MOST_FINDINGS) break
  }
  findRefuted(audit)
  await findOrphans(audit)
  verdict.findings.splice(MOST_FINDINGS)
  verdict.ok = verdict.findings.length === 0
  return verdict
}

function find(
  { findings }: Verdict,
  { id, kind, unit_id }: Row,
  version: number | null,
  what: string,
  detail: string,
): void {
  findings.push({ instance: id, kind, unit: unit_id, version, what, detail })
}

/** The facts as the root's first transition has them; those of the table must be the same. */
async function recordedFacts(db: Db, campaign: string, verdict: Verdict): Promise<CampaignFacts> {
  const { facts } = await db
    .selectFrom('campaign')
    .select('facts')
    .where('campaign_id', '=', campaign)
    .executeTakeFirstOrThrow()
  const root = { id: campaign, kind: 'campaign', unit_id: null }
  for await (const { record } of instanceHistory(db, campaign, campaign)) {
    try {
      const { event } = JSON.parse(record) as Transition
      const recorded = event.type === 'open' ? event.campaign : undefined
      if (recorded && canonical(recorded) !== canonical(JSON.parse(facts))) {
        find(verdict, root, 1, 'facts', 'the table’s facts are not those that were recorded')
      }
      if (recorded) return recorded
    } catch {
      // Somebody wrote into the record or the facts; the replay names the record.
    }
    break
  }
  return JSON.parse(facts) as CampaignFacts
}

async function verifyInstance(audit: Audit, row: InstanceRow): Promise<void> {
  const { db, definition, facts, grants, claims, verdict } = audit
  const history: HistoryRow[] = []
  for await (const kept of instanceHistory(db, facts.id, row.id)) history.push(kept)
  verdict.instances += 1
  verdict.transitions += history.length

  const { instance, mismatch } = replay(definition, facts, history, (transition, before) => {
    const { version, event } = transition
    const at = history[version - 1]?.at
    if (at !== event.at) {
      find(verdict, row, version, 'column', `the column «at» says ${at}, the record ${event.at}`)
    }
    const refusal = before && permission(definition, facts, grants, transition, before)
    if (refusal) find(verdict, row, version, 'permission', refusal)
    if ('cause' in event && event.cause) claims.push({ row, version, cause: event.cause })
    return true
  })
  if (mismatch) {
    const { version, what, detail } = blame(mismatch, history, row.head)
    find(verdict, row, version, what, detail)
  } else if (!instance || instance.version < row.version) {
    const next = (instance?.version ?? 0) + 1
    find(verdict, row, next, 'gap', 'this transition is missing, and all that followed it')
  } else {
    compare(definition, row, instance, verdict)
  }
}

/**
 * Which row to name. A broken chain lies between two rows: when what follows confirms the later one, it is
 * the earlier that was changed. Where a row is missing, that one is named.
 */
function blame(mismatch: Mismatch, history: HistoryRow[], head: string): Mismatch {
  const { version, what } = mismatch
  const index = history.findIndex((row) => row.version === version)
  const expected = (history[index - 1]?.version ?? 0) + 1
  if (what === 'gap' && expected < version) {
    return { version: expected, what, detail: 'this transition is missing' }
  }
  const next = history[index + 1]
  const confirmed =
    next === undefined
      ? history[index]?.hash === head
      : (JSON.parse(next.record) as Partial<Transition> | null)?.previous === history[index]?.hash
  return what === 'chain' && index > 0 && confirmed
    ? {
        version: version - 1,
        what,
        detail: 'the transition after it follows another one than this',
      }
    : mismatch
}

/** What the table of instances says now, and what the history gives. */
function compare(
  definition: Definition,
  row: InstanceRow,
  instance: Instance,
  verdict: Verdict,
): void {
  const columns = columnsOf({ definition, instance })
  for (const [what, now, then] of [
    ['version', row.version, instance.version],
    ['head', row.head, instance.head],
    ['state', row.state, canonical(instance.state)],
    ['status', row.status, instance.state.status],
    ['at', row.at, instance.at],
    ['kind', row.kind, instance.kind],
    ['key', row.key, instance.key],
    ['unit', row.unit_id, instance.unit],
    ['parent', row.parent_id, instance.parent],
    ['place', row.place, columns.place],
    ['due', row.due, columns.due],
    ['accepts', row.accepts.join(' '), columns.accepts.join(' ')],
    ['tags', row.tags.join(' '), columns.tags.join(' ')],
  ] as const) {
    if (now !== then) {
      const detail = `the table’s ${what} is not what the history gives`
      find(verdict, row, instance.version, 'current', detail)
    }
  }
}

/** Each cause must be a transition of this campaign, with the hash that is claimed. */
async function lookUpCauses({ db, facts, claims, refuted }: Audit): Promise<void> {
  const asked = claims.splice(0)
  if (asked.length === 0) return
  const { rows } = await sql<{ n: number }>`
    SELECT c.n FROM unnest(
      ${asked.map((_, n) => n)}::int[], ${asked.map(({ cause }) => cause.instance)}::text[],
      ${asked.map(({ cause }) => cause.version)}::int[], ${asked.map(({ cause }) => cause.hash)}::text[]
    ) AS c(n, instance, version, hash)
    WHERE NOT EXISTS (
      SELECT 1 FROM transition t WHERE t.campaign_id = ${facts.id}
        AND t.instance_id::text = c.instance AND t.version = c.version AND t.hash = c.hash)
    ORDER BY c.n
  `.execute(db)
  refuted.push(...rows.flatMap(({ n }) => asked[n] ?? []))
}

// Where the cause itself is named already, those that it caused have done nothing wrong.
function findRefuted({ refuted, verdict }: Audit): void {
  const named = new Set(verdict.findings.map(({ instance }) => instance))
  for (const { row, version, cause } of refuted) {
    if (named.has(cause.instance)) continue
    const detail = `its cause, version ${cause.version} of ${cause.instance}, is not there or is another`
    find(verdict, row, version, 'cause', detail)
  }
}

/** Histories whose instance is gone. */
async function findOrphans({ db, facts, verdict }: Audit): Promise<void> {
  const { rows } = await sql<{ id: string; versions: number }>`
    SELECT t.instance_id AS id, max(t.version) AS versions FROM transition t
    WHERE t.campaign_id = ${facts.id} AND NOT EXISTS (
      SELECT 1 FROM instance i WHERE i.campaign_id = t.campaign_id AND i.id = t.instance_id)
    GROUP BY t.instance_id ORDER BY t.instance_id LIMIT ${MOST_FINDINGS}
  `.execute(db)
  for (const { id, versions } of rows) {
    const detail = 'the table has no such instance any more'
    find(verdict, { id, kind: '', unit_id: null }, versions, 'current', detail)
  }
}

import {
  canonical,
  replay,
  type Cause,
  type Definition,
  type Footing,
  type Instance,
  type Mismatch,
  type Transition,
} from '@duban/engine'
import { sql } from 'kysely'
import type { Db } from '../database/open.ts'
import type { Definitions } from '../definitions.ts'
import type { InstanceRow } from '../database/schema.ts'
import { columnsOf } from '../execute/columns.ts'
import { recordedFootings, unlikeRecorded } from './footings.ts'
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
type Claim = { row: Row; version: number; cause: Cause; definition: string; inherits: boolean }
type Audit = {
  db: Db
  campaign: string
  /** What the campaign began on. */
  first: Footing
  /** What it ran on since, computed from that. */
  footings: Map<string, Footing>
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
  definitions: Definitions,
  campaign: string,
): Promise<Verdict> {
  const verdict: Verdict = { ok: true, instances: 0, transitions: 0, findings: [] }
  const recorded = await recordedFootings(db, definitions, campaign)
  const { facts, footings } = recorded
  const first = footings.get(facts.definition)
  if (!first) {
    const detail = `${facts.definition}, on which it began, is not at hand: nothing can be recomputed`
    find(verdict, rootOf(campaign), 1, 'definition', detail)
    return { ...verdict, ok: false }
  }
  for (const name of await unlikeRecorded(db, campaign, recorded)) {
    const detail = `the table’s facts for ${name} are not those of the history`
    find(verdict, rootOf(campaign), null, 'facts', detail)
  }
  const grants = await grantsOf(db, campaign)
  const audit: Audit = {
    db,
    campaign,
    first,
    footings,
    grants,
    claims: [],
    refuted: [],
    verdict,
  }
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

function rootOf(campaign: string): Row {
  return { id: campaign, kind: 'campaign', unit_id: null }
}

async function verifyInstance(audit: Audit, row: InstanceRow): Promise<void> {
  const { db, campaign, first, footings, grants, claims, verdict } = audit
  const history: HistoryRow[] = []
  for await (const kept of instanceHistory(db, campaign, row.id)) history.push(kept)
  verdict.instances += 1
  verdict.transitions += history.length

  const check = (transition: Transition, before: Instance | null): boolean => {
    const { version, event, definition: name } = transition
    const at = history[version - 1]?.at
    if (at !== event.at) {
      find(verdict, row, version, 'column', `the column «at» says ${at}, the record ${event.at}`)
    }
    const { definition, campaign: facts } = footings.get(name) ?? first
    const refusal = before && permission(definition, facts, grants, transition, before)
    if (refusal) find(verdict, row, version, 'permission', refusal)
    if ('cause' in event && event.cause) {
      const inherits =
        event.type === 'open' || (event.type === 'act' && event.act === 'campaign.migrate')
      claims.push({ row, version, cause: event.cause, definition: name, inherits })
    }
    return true
  }
  const others = (name: string): Footing | undefined => footings.get(name)
  const { definition, campaign: facts } = first
  const replayed = replay(definition, facts, history, check, others)
  const { instance, mismatch, footing } = replayed
  if (mismatch) {
    const { version, what, detail } = blame(mismatch, history, row.head)
    find(verdict, row, version, what, detail)
  } else if (!instance || instance.version < row.version) {
    const next = (instance?.version ?? 0) + 1
    find(verdict, row, next, 'gap', 'this transition is missing, and all that followed it')
  } else {
    compare(footing.definition, row, instance, verdict)
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
    ['definition', row.definition, definition.name],
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

/**
 * Each cause must be a transition of this campaign, with the hash that is claimed; what takes its version from
 * above must have that one. (A record is canonical, so it begins with its campaign and its definition.)
 */
async function lookUpCauses({ db, campaign, claims, refuted }: Audit): Promise<void> {
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
function findRefuted({ refuted, verdict }: Audit): void {
  const named = new Set(verdict.findings.map(({ instance }) => instance))
  for (const { row, version, cause } of refuted) {
    if (named.has(cause.instance)) continue
    const detail = `its cause, version ${cause.version} of ${cause.instance}, is not there, or is another, or of another version`
    find(verdict, row, version, 'cause', detail)
  }
}

/** Histories whose instance is gone. */
async function findOrphans({ db, campaign, verdict }: Audit): Promise<void> {
  const { rows } = await sql<{ id: string; versions: number }>`
    SELECT t.instance_id AS id, max(t.version) AS versions FROM transition t
    WHERE t.campaign_id = ${campaign} AND NOT EXISTS (
      SELECT 1 FROM instance i WHERE i.campaign_id = t.campaign_id AND i.id = t.instance_id)
    GROUP BY t.instance_id ORDER BY t.instance_id LIMIT ${MOST_FINDINGS}
  `.execute(db)
  for (const { id, versions } of rows) {
    const detail = 'the table has no such instance any more'
    find(verdict, { id, kind: '', unit_id: null }, versions, 'current', detail)
  }
}

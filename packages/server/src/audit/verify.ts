import {
  createConsequences,
  replay,
  type StepResult,
  type Consequences,
  type PinnedDefinition,
  type Instance,
  type Transition,
} from '@duban/engine'
import { sql } from 'kysely'
import type { Db } from '../database/open.ts'
import type { InstanceRow } from '../database/schema.ts'
import type { Definitions } from '../definitions.ts'
import { findRefuted, lookUpCauses, type Claim } from './causes.ts'
import { blame, compare } from './compare.ts'
import { findMissing, findStrays, findTallies, type End } from './consequences.ts'
import { find, MOST_FINDINGS, type Row, type Verdict } from './finding.ts'
import { recordedFootings, unlikeRecorded } from './pins.ts'
import { grantsOf, permission, type Grants } from './grants.ts'
import { instanceHistory, type HistoryRow } from './history.ts'

type Audit = {
  db: Db
  campaign: string
  /** What the campaign began on. */
  first: PinnedDefinition
  /** What it ran on since, computed from that. */
  pins: Map<string, PinnedDefinition>
  grants: Grants
  claims: Claim[]
  /** Claims that no transition bears out. */
  refuted: Claim[]
  /** What the steps asked of each other, and what came of it. */
  consequences: Consequences
  /** Where everybody stands in the end, to be counted. */
  ends: Map<string, End>
  verdict: Verdict
}

const PAGE = 200

/**
 * Recomputes a whole campaign from its history and compares: every hash, every chain, every step, every
 * cause, what each step asked of others, every permission, and what the tables say now. Trusts the definition's
 * code and nothing in the database. Not yet seen: a root that was deleted with all below it, and when a
 * transition was recorded; the log of signed checkpoints is for those.
 */
export async function verifyCampaign(db: Db, definitions: Definitions, campaign: string): Promise<Verdict> {
  // Read as of one moment: the campaign goes on meanwhile.
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((tx) => verifyAsOfNow(tx, definitions, campaign))
}

async function verifyAsOfNow(db: Db, definitions: Definitions, campaign: string): Promise<Verdict> {
  const verdict: Verdict = { ok: true, instances: 0, transitions: 0, findings: [] }
  const recorded = await recordedFootings(db, definitions, campaign)
  const { facts, pins } = recorded
  const first = pins.get(facts.definition)
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
    pins,
    grants,
    claims: [],
    refuted: [],
    consequences: createConsequences(),
    ends: new Map(),
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
  // Where not everything was read, or something read is not to be believed, nothing can be said of the whole.
  if (verdict.findings.length < MOST_FINDINGS) {
    findStrays(audit)
    await findMissing(audit)
  }
  if (verdict.findings.length === 0) await findTallies(audit)
  verdict.findings.splice(MOST_FINDINGS)
  verdict.ok = verdict.findings.length === 0
  return verdict
}

function rootOf(campaign: string): Row {
  return { id: campaign, kind: 'campaign', unit_id: null }
}

async function verifyInstance(audit: Audit, row: InstanceRow): Promise<void> {
  const { db, campaign, first, pins, grants, claims, consequences, ends, verdict } = audit
  const history: HistoryRow[] = []
  for await (const kept of instanceHistory(db, campaign, row.id)) history.push(kept)
  verdict.instances += 1
  verdict.transitions += history.length

  const check = (transition: Transition, before: Instance | null, came: StepResult): boolean => {
    const { version, event, definition: name } = transition
    consequences.note({ event, ...came })
    const at = history[version - 1]?.at
    if (at !== event.at) {
      find(verdict, row, version, 'column', `the column «at» says ${at}, the record ${event.at}`)
    }
    const { definition, campaign: facts } = pins.get(name) ?? first
    const refusal = permission(definition, facts, grants, transition, before)
    if (refusal) find(verdict, row, version, 'permission', refusal)
    if ('cause' in event && event.cause) {
      const inherits = event.type === 'open' || (event.type === 'act' && event.act === 'campaign.migrate')
      claims.push({ row, version, cause: event.cause, definition: name, inherits })
    }
    return true
  }
  const others = (name: string): PinnedDefinition | undefined => pins.get(name)
  const { definition, campaign: facts } = first
  const replayed = replay(definition, facts, history, check, others)
  const { instance, mismatch, pinned } = replayed
  if (mismatch) {
    const { version, what, detail } = blame(mismatch, history, row.head)
    find(verdict, row, version, what, detail)
  } else if (!instance || instance.version < row.version) {
    const next = (instance?.version ?? 0) + 1
    find(verdict, row, next, 'gap', 'this transition is missing, and all that followed it')
  } else {
    compare(pinned.definition, row, instance, verdict)
    ends.set(row.id, { instance, definition: pinned.definition })
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

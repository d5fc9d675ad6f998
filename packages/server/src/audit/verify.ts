import {
  authorize,
  canonical,
  isAct,
  replay,
  type Asker,
  type Assignment,
  type CampaignFacts,
  type Definition,
  type Instance,
  type Transition,
} from '@duban/engine'
import type { Db } from '../database/open.ts'
import type { InstanceRow } from '../database/schema.ts'
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

type Granted = { assignment: Assignment; from: string; until: string | null }

// An auditor needs the first few; a campaign that is wrong everywhere need not be listed whole.
const MOST_FINDINGS = 100

/**
 * Recomputes a whole campaign from its history and compares: every hash, every chain, every step, every
 * permission, and what the tables say now. Trusts the definition's code and nothing in the database.
 */
export async function verifyCampaign(
  db: Db,
  definition: Definition,
  facts: CampaignFacts,
): Promise<Verdict> {
  const verdict: Verdict = { ok: true, instances: 0, transitions: 0, findings: [] }
  const grants = await grantsOf(db, facts.id)
  for (let after = ''; ;) {
    const rows = await db
      .selectFrom('instance')
      .selectAll()
      .where('campaign_id', '=', facts.id)
      .$if(after !== '', (query) => query.where('id', '>', after))
      .orderBy('id')
      .limit(200)
      .execute()
    for (const row of rows) {
      verdict.instances += 1
      await verifyInstance(db, definition, facts, row, grants, verdict)
      if (verdict.findings.length >= MOST_FINDINGS) break
    }
    after = rows.at(-1)?.id ?? ''
    if (rows.length < 200 || verdict.findings.length >= MOST_FINDINGS) break
  }
  verdict.ok = verdict.findings.length === 0
  return verdict
}

async function verifyInstance(
  db: Db,
  definition: Definition,
  facts: CampaignFacts,
  row: InstanceRow,
  grants: Granted[],
  verdict: Verdict,
): Promise<void> {
  const find = (version: number | null, what: string, detail: string): void => {
    verdict.findings.push({
      instance: row.id,
      kind: row.kind,
      unit: row.unit_id,
      version,
      what,
      detail,
    })
  }
  const history: HistoryRow[] = []
  for await (const kept of instanceHistory(db, facts.id, row.id)) history.push(kept)
  verdict.transitions += history.length

  const { instance, mismatch } = replay(definition, facts, history, (transition, before) => {
    const { version, event } = transition
    const at = history[version - 1]?.at
    if (at !== event.at)
      find(version, 'column', `the column «at» says ${at}, the record ${event.at}`)
    const refusal = before && permission(definition, facts, grants, transition, before)
    if (refusal) find(version, 'permission', refusal)
    return true
  })
  if (mismatch) return find(mismatch.version, mismatch.what, mismatch.detail)
  if (!instance) return find(null, 'gap', 'the instance has no history')
  if (row.id === facts.id) {
    const first = JSON.parse(history[0]?.record ?? '{}') as Transition
    const recorded = first.event.type === 'open' ? first.event.campaign : undefined
    if (canonical(recorded ?? null) !== canonical(facts)) {
      find(1, 'facts', 'the campaign’s facts are not those of its first transition')
    }
  }
  for (const [what, now, then] of [
    ['version', row.version, instance.version],
    ['head', row.head, instance.head],
    ['state', row.state, canonical(instance.state)],
    ['status', row.status, instance.state.status],
    ['unit', row.unit_id, instance.unit],
    ['kind', row.kind, instance.kind],
  ] as const) {
    if (now !== then)
      find(instance.version, 'current', `the table’s ${what} is not what the history gives`)
  }
}

/** Decides the permission of a recorded act again, on the grants and revocations that the root recorded. */
function permission(
  definition: Definition,
  facts: CampaignFacts,
  grants: Granted[],
  { event }: Transition,
  instance: Instance,
): string | undefined {
  if (event.type !== 'command' && !(event.type === 'act' && event.actor)) return undefined
  const { actor, at } = event
  if (!actor) return undefined
  const { role } = actor.authority
  const asker: Asker = {
    person: actor.person,
    home: actor.home,
    // Built-in roles come from the token and the list of people, not from the campaign: taken as recorded.
    builtIn: role === 'administrator' || role === 'organiser' ? [role] : [],
  }
  const assignments = grants
    .filter(({ from, until }) => from <= at && (until === null || at <= until))
    .map(({ assignment }) => assignment)
  const command = event.type === 'command' ? event.command : event.act
  const decided = authorize(
    { definition, campaign: facts, assignments, instance },
    { command, at, asker },
  )
  if (!decided.ok) return `${command} by ${actor.person} was not permitted: ${decided.refusal.code}`
  if (isAct(command)) return undefined
  const same = assignments.some(
    ({ id: one, person }) => one === actor.authority.assignment && person === actor.person,
  )
  return same
    ? undefined
    : `${command} by ${actor.person} names an assignment that was never granted`
}

/** Who held what, from when to when, as the root's history tells it. */
async function grantsOf(db: Db, campaign: string): Promise<Granted[]> {
  const grants = new Map<string, Granted>()
  for await (const { record } of instanceHistory(db, campaign, campaign)) {
    let event: Transition['event']
    try {
      ;({ event } = JSON.parse(record) as Transition)
    } catch {
      continue
    }
    if (event.type === 'open') {
      for (const assignment of event.assignments ?? []) {
        grants.set(assignment.id, { assignment, from: event.at, until: null })
      }
    }
    if (event.type === 'act' && event.act === 'assignment.grant') {
      const assignment = event.payload['assignment'] as unknown as Assignment
      grants.set(assignment.id, { assignment, from: event.at, until: null })
    }
    if (event.type === 'act' && event.act === 'assignment.revoke') {
      const known = grants.get(event.payload['assignment'] as string)
      if (known) known.until = event.at
    }
  }
  return [...grants.values()]
}

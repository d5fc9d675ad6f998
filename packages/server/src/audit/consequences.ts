import {
  ALL,
  countedBy,
  summarize,
  type Consequences,
  type Definition,
  type Instance,
  type Missing,
} from '@duban/engine'
import type { Db } from '../database/open.ts'
import { find, namedIn, type Row, type Verdict } from './finding.ts'

/** Where an instance stands in the end. */
export type End = { instance: Instance; definition: Definition }

type Audit = {
  db: Db
  campaign: string
  consequences: Consequences
  ends: Map<string, End>
  verdict: Verdict
}

/** Events that their cause did not ask for. Who is named already, and what came of that, is no finding of its own. */
export function findStrays({ consequences, ends, verdict }: Audit): void {
  const named = namedIn(verdict)
  for (const { instance, version, cause, detail } of consequences.strays()) {
    if (named.has(instance) || named.has(cause.instance)) continue
    find(verdict, rowOf(instance, ends.get(instance)?.instance), version, 'cause', detail)
  }
}

/** Children that a step opened and that are gone with their whole history. */
export async function findMissing(audit: Audit): Promise<void> {
  const { ends, verdict } = audit
  const named = namedIn(verdict)
  for (const one of await gone(audit)) {
    const { child, opener, version } = one
    if (named.has(child.id) || named.has(opener) || ends.has(child.id)) continue
    const row = { id: child.id, kind: child.kind, unit_id: child.unit }
    find(verdict, row, 1, 'missing', `version ${version} of ${opener} opened it, and it is not there`)
  }
}

async function gone(audit: Audit): Promise<Missing[]> {
  const missing = audit.consequences.missing()
  if (missing.length === 0) return []
  const next = await toCome(audit)
  return missing.filter(({ opener, number, index }) => index < (next.get(`${opener} ${number}`) ?? Infinity))
}

/** Of openings that are still going on, the place of the next child. */
async function toCome({ db, campaign }: Audit): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('spawn')
    .select(['from_id', 'number', 'next'])
    .where('campaign_id', '=', campaign)
    .where('finished', '=', false)
    .execute()
  return new Map(rows.map(({ from_id, number, next }) => [`${from_id} ${number}`, next]))
}

/** The counts of children, which are kept so that nobody need count, and what the histories give. */
export async function findTallies(audit: Audit): Promise<void> {
  const { db, campaign, consequences, ends, verdict } = audit
  const counted = new Map<string, number>()
  const count = (parent: string, kind: string, tag: string): void => {
    const key = `${parent} ${kind} ${tag}`
    counted.set(key, (counted.get(key) ?? 0) + 1)
  }
  for (const { instance, definition } of ends.values()) {
    const kind = definition.kinds[instance.kind]
    if (!kind || instance.parent === null) continue
    for (const tag of [ALL, ...summarize(kind, instance.state).tags]) {
      count(instance.parent, instance.kind, tag)
    }
  }
  // Those that are still to be opened count already.
  for (const { opener, child } of consequences.missing()) count(opener, child.kind, ALL)
  const rows = await db.selectFrom('tally').selectAll().where('campaign_id', '=', campaign).execute()
  const kept = new Map(rows.map(({ parent_id, kind, tag, n }) => [`${parent_id} ${kind} ${tag}`, n]))
  for (const key of new Set([...counted.keys(), ...kept.keys()])) {
    const [parent = '', kind = '', tag = ''] = key.split(' ')
    const { instance, definition } = ends.get(parent) ?? {}
    if (!instance || !definition || !countedBy(definition).has(`${kind}.${tag}`)) continue
    const [now, then] = [kept.get(key) ?? 0, counted.get(key) ?? 0]
    if (now === then) continue
    const detail = `the table counts ${now} of ${kind}.${tag}, the histories give ${then}`
    find(verdict, rowOf(parent, instance), instance.version, 'tally', detail)
  }
}

function rowOf(id: string, instance: Instance | undefined): Row {
  return { id, kind: instance?.kind ?? '', unit_id: instance?.unit ?? null }
}

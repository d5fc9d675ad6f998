import {
  childCount,
  needed,
  standing,
  type Definition,
  type Instance,
  type Watch,
} from '@duban/engine'
import { sql } from 'kysely'
import type { Tx } from '../database/open.ts'
import type { WatchTable } from '../database/schema.ts'
import { EFFECTS_PER_STEP } from './effects.ts'
import type { Step } from './work.ts'

type Count = { campaign: string; parent: string; kind: string; tag: string; by: number; step: Step }
type TallyRow = { campaign_id: string; parent_id: string; kind: string; tag: string; n: number }

/** The tag that counts all children of a kind. */
const ALL = '*'

/**
 * Counts children by tag, and sends the parent its `every…` and `atLeast…` messages. The parent's row is
 * never touched. A parent that begins to wait locks the tally rows that it waits for, so a child that
 * counts at the same moment either is seen by it or sees it.
 */
export async function appendTallies(tx: Tx, steps: Step[]): Promise<void> {
  const counts = steps.flatMap(countsOf)
  const waits = await changeWatches(tx, steps)
  if (counts.length === 0 && waits.length === 0) return
  const rows = await addUp(tx, [...counts, ...waits])
  await tellReached(tx, counts, rows, steps)
}

const counted = new WeakMap<Definition, Set<string>>()

/** `<kind>.<tag>` that some machine waits for; nothing else is worth counting. */
function countedBy(definition: Definition): Set<string> {
  const known = counted.get(definition)
  if (known) return known
  const events = Object.values(definition.kinds).flatMap(({ states }) =>
    states.flatMap(({ arrows }) => arrows.flatMap(({ on }) => ('event' in on ? [on.event] : []))),
  )
  const made = new Set(
    events.flatMap((event) => {
      const parts = event.split('.')
      if (parts[0] === 'every') return [`${parts[1]}.${ALL}`, `${parts[1]}.${parts[2]}`]
      if (parts[0] === 'atLeast') return [`${parts[2]}.${ALL}`, `${parts[2]}.${parts[3]}`]
      return []
    }),
  )
  counted.set(definition, made)
  return made
}

function standingOf(definition: Definition, instance: Instance): ReturnType<typeof standing> {
  const kind = definition.kinds[instance.kind]
  if (!kind) throw new Error(`${definition.name} has no kind ${instance.kind}`)
  return standing(kind, instance.state)
}

function countsOf(step: Step): Count[] {
  const { before, after, effects, loaded } = step
  const wanted = countedBy(loaded.definition)
  if (wanted.size === 0) return []
  const { campaign, kind, parent } = after
  const opened = effects.flatMap((effect): Count[] => {
    if (effect.type !== 'open' || !wanted.has(`${effect.kind}.${ALL}`)) return []
    const by = childCount(effect, loaded.facts, after)
    return [{ campaign, parent: after.id, kind: effect.kind, tag: ALL, by, step }]
  })
  if (parent === null || !wanted.has(`${kind}.${ALL}`)) return opened
  const had = new Set(before ? standingOf(loaded.definition, before).tags : [])
  const has = new Set(standingOf(loaded.definition, after).tags)
  const moved = [...has.symmetricDifference(had)]
    .filter((tag) => wanted.has(`${kind}.${tag}`))
    .map((tag) => ({ campaign, parent, kind, tag, by: has.has(tag) ? 1 : -1, step }))
  return [...opened, ...moved]
}

/** Keeps `watch` equal to what the parents' states wait for; returns the rows to lock for new ones. */
async function changeWatches(tx: Tx, steps: Step[]): Promise<Count[]> {
  const added: { step: Step; watch: Watch }[] = []
  const removed: { campaign: string; parent: string; event: string }[] = []
  for (const step of steps) {
    const { before, after, loaded } = step
    if (![...countedBy(loaded.definition)].some(Boolean)) continue
    const had = before ? standingOf(loaded.definition, before).watches : []
    const has = standingOf(loaded.definition, after).watches
    for (const watch of has) {
      if (!had.some(({ event }) => event === watch.event)) added.push({ step, watch })
    }
    for (const { event } of had) {
      if (!has.some((watch) => watch.event === event)) {
        removed.push({ campaign: after.campaign, parent: after.id, event })
      }
    }
  }
  for (const { campaign, parent, event } of removed) {
    await tx
      .deleteFrom('watch')
      .where('campaign_id', '=', campaign)
      .where('parent_id', '=', parent)
      .where('event', '=', event)
      .execute()
  }
  const last = new Map(added.map((one) => [`${one.step.after.id} ${one.watch.event}`, one]))
  const standingStill = [...last.values()].filter(
    ({ step, watch }) =>
      steps.findLast(({ after }) => after.id === step.after.id) === step ||
      standingOf(step.loaded.definition, step.loaded.instance).watches.some(
        ({ event }) => event === watch.event,
      ),
  )
  if (standingStill.length > 0) {
    await tx
      .insertInto('watch')
      .values(
        standingStill.map(({ step, watch }) => ({
          campaign_id: step.after.campaign,
          parent_id: step.after.id,
          event: watch.event,
          kind: watch.kind,
          tag: watch.tag,
          need_count: 'count' in watch.need ? watch.need.count : null,
          need_percent:
            'every' in watch.need ? 100 : 'percent' in watch.need ? watch.need.percent : null,
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
  return standingStill.flatMap(({ step, watch }) =>
    [watch.tag, ALL].map((tag) => ({
      campaign: step.after.campaign,
      parent: step.after.id,
      kind: watch.kind,
      tag,
      by: 0,
      step,
    })),
  )
}

/** Adds all counts in two statements and leaves their rows locked, in one order for everybody. */
async function addUp(tx: Tx, counts: Count[]): Promise<TallyRow[]> {
  const sums = new Map<string, Count>()
  for (const count of counts) {
    const key = [count.campaign, count.parent, count.kind, count.tag].join(' ')
    const known = sums.get(key)
    sums.set(key, { ...count, by: (known?.by ?? 0) + count.by })
  }
  const all = [...sums.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, count]) => count)
  const table = sql`unnest(
    ${all.map((one) => one.campaign)}::uuid[], ${all.map((one) => one.parent)}::uuid[],
    ${all.map((one) => one.kind)}::text[], ${all.map((one) => one.tag)}::text[], ${all.map((one) => one.by)}::int[]
  ) AS c(campaign_id, parent_id, kind, tag, n)`
  await sql`
    INSERT INTO tally (campaign_id, parent_id, kind, tag, n)
    SELECT campaign_id, parent_id, kind, tag, 0 FROM ${table}
    ORDER BY campaign_id, parent_id, kind, tag
    ON CONFLICT DO NOTHING
  `.execute(tx)
  await sql`
    SELECT 1 FROM tally t JOIN ${table} USING (campaign_id, parent_id, kind, tag)
    ORDER BY t.campaign_id, t.parent_id, t.kind, t.tag FOR NO KEY UPDATE OF t
  `.execute(tx)
  const { rows } = await sql<TallyRow>`
    UPDATE tally t SET n = t.n + c.n FROM ${table}
    WHERE t.campaign_id = c.campaign_id AND t.parent_id = c.parent_id AND t.kind = c.kind AND t.tag = c.tag
    RETURNING t.*
  `.execute(tx)
  return rows
}

async function tellReached(
  tx: Tx,
  counts: Count[],
  rows: TallyRow[],
  steps: Step[],
): Promise<void> {
  const { rows: watches } = await sql<WatchTable & { total: number | null; depth: number }>`
    SELECT w.*, t.n AS total, i.depth FROM watch w
    JOIN (SELECT DISTINCT * FROM unnest(${rows.map((row) => row.campaign_id)}::uuid[], ${rows.map((row) => row.parent_id)}::uuid[],
                                        ${rows.map((row) => row.kind)}::text[]) AS r(campaign_id, parent_id, kind)) AS r
      USING (campaign_id, parent_id, kind)
    JOIN instance i ON i.campaign_id = w.campaign_id AND i.id = w.parent_id
    LEFT JOIN tally t ON t.campaign_id = w.campaign_id AND t.parent_id = w.parent_id AND t.kind = w.kind AND t.tag = ${ALL}
    ORDER BY w.parent_id, w.event
  `.execute(tx)
  for (const [index, watch] of watches.entries()) {
    const row = rows.find(
      (one) =>
        one.parent_id === watch.parent_id && one.kind === watch.kind && one.tag === watch.tag,
    )
    const total = watch.total ?? 0
    const need = needed(
      {
        event: watch.event,
        kind: watch.kind,
        tag: watch.tag,
        need:
          watch.need_count === null
            ? { percent: watch.need_percent ?? 100 }
            : { count: watch.need_count },
      },
      total,
    )
    if (!row || row.n < need) continue
    const cause =
      crossing(counts, watch, row.n, need) ??
      steps.findLast(({ after }) => after.id === watch.parent_id)
    if (!cause) continue
    await tx
      .deleteFrom('watch')
      .where('campaign_id', '=', watch.campaign_id)
      .where('parent_id', '=', watch.parent_id)
      .where('event', '=', watch.event)
      .execute()
    await tx
      .insertInto('message')
      .values({
        campaign_id: watch.campaign_id,
        to_id: watch.parent_id,
        from_id: cause.after.id,
        from_version: cause.after.version,
        n: EFFECTS_PER_STEP + index,
        from_hash: cause.recorded.hash,
        at: cause.recorded.transition.event.at,
        depth: watch.depth,
        name: watch.event,
        payload: JSON.stringify({ total }),
      })
      .execute()
  }
}

/** The step with which the count reached what is needed: the same one whether steps come in batches or singly. */
function crossing(
  counts: Count[],
  watch: WatchTable,
  final: number,
  need: number,
): Step | undefined {
  const its = counts.filter(
    (one) => one.parent === watch.parent_id && one.kind === watch.kind && one.tag === watch.tag,
  )
  let n = final - its.reduce((sum, { by }) => sum + by, 0)
  for (const { by, step } of its) {
    n += by
    if (by > 0 && n >= need) return step
  }
  return undefined
}

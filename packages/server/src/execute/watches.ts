import { ALL, countedBy, guardedBy, type Instance, type Watch } from '@duban/engine'
import type { Tx } from '../database/open.ts'
import { sourceOf, summaryOf, type Count } from './counts.ts'
import type { Step, Unheard } from './work.ts'

/** Keeps `watch` equal to what the parents' states wait for; returns the rows to lock for new ones. */
export async function changeWatches(tx: Tx, steps: Step[]): Promise<Count[]> {
  const added: { step: Step; watch: Watch }[] = []
  const removed: { campaign: string; parent: string; event: string }[] = []
  for (const step of steps) {
    const { before, after, definition, from = definition } = step
    if (countedBy(definition).size === 0 && countedBy(from).size === 0) continue
    const had = before ? summaryOf(from, before).watches : []
    const has = summaryOf(definition, after).watches
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
      summaryOf(step.loaded.definition, step.loaded.instance).watches.some(({ event }) => event === watch.event),
  )
  await insertWatches(
    tx,
    standingStill.map(({ step, watch }) => ({ instance: step.after, watch })),
  )
  return standingStill.flatMap(({ step, watch }) => rowsFor(step, watch))
}

export async function insertWatches(tx: Tx, watches: Waits[]): Promise<void> {
  if (watches.length === 0) return
  await tx
    .insertInto('watch')
    .values(
      watches.map(({ instance, watch: { event, kind, tag, need } }) => ({
        campaign_id: instance.campaign,
        parent_id: instance.id,
        event,
        kind,
        tag,
        need_count: 'count' in need ? need.count : null,
        need_percent: 'every' in need ? 100 : 'percent' in need ? need.percent : null,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** The rows that decide whether what a parent waits for is reached. */
function rowsFor(step: Step, { kind, tag }: Watch): Count[] {
  const { campaign, id } = step.after
  const source = sourceOf(step)
  return [tag, ALL].map((one) => ({ campaign, parent: id, kind, tag: one, by: 0, source }))
}

type Waits = { instance: Instance; watch: Watch }

/** The watch of a tally that was refused, if the parent still waits for it. */
export function refusedWatch({ event, loaded: { definition, instance } }: Unheard): Waits[] {
  const watch = summaryOf(definition, instance).watches.find((one) => one.event === event)
  return watch ? [{ instance, watch }] : []
}

/** The rows to look at again after a parent's step, since its guards may pass now. */
export function asksAgain(step: Step): Count[] {
  const { after, definition } = step
  const wanted = guardedBy(definition)
  if (wanted.size === 0) return []
  return summaryOf(definition, after)
    .watches.filter(({ event }) => wanted.has(`${after.kind} ${event}`))
    .flatMap((watch) => rowsFor(step, watch))
}

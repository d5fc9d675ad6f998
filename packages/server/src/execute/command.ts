import { decide, type Refused } from '@duban/engine'
import type { Batch, BatchState } from './batchState.ts'
import { keyOf, refused, type Answer, type CommandRequest, type Outcome } from './request.ts'

/**
 * A person's command. The answer already given to this Idempotency-Key comes first; then whatever else is due in the
 * campaign (`unsettled`); then the engine decides.
 */
export function takeCommand(request: CommandRequest, state: BatchState, batch: Batch, unmigratable?: Refused): Outcome {
  const { campaign, asker, idempotency } = request
  const given = idempotency && state.answers.get(keyOf(asker.person, idempotency.key))
  if (given) return again(given, idempotency.request)
  const key = keyOf(campaign, request.instance)
  const loaded = state.instances.get(key)
  if (!loaded) return refused({ code: 'not_found' })
  if (state.unsettled.has(key)) return { type: 'unsettled' }
  const grounds = {
    assignments: state.assignments.get(keyOf(campaign, asker.person)) ?? [],
    isGranted: (assignment: string) => state.granted.has(assignment),
    unmigratable,
  }
  const decided = decide(loaded, request, grounds, state.now, batch.work)
  if (decided.ok === 'unsettled') return { type: 'unsettled' }
  const answer: Answer = decided.ok
    ? { ok: true, instance: loaded.instance, transition: decided.transition, hash: decided.hash }
    : decided
  if (idempotency) batch.answers.push({ person: asker.person, idempotency, answer })
  return { type: 'answer', answer }
}

/** The first answer to a key, word for word; unless something else is asked with it now. */
export function again({ request, answer }: { request: string; answer: string }, asked: string): Outcome {
  return request === asked
    ? { type: 'answer', answer: JSON.parse(answer) as Answer }
    : refused({ code: 'idempotency_key_reused' })
}

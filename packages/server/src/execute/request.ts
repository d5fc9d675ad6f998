import type { Ask, Assignment, CampaignFacts, Instance, Instant, Refusal, RefusalCode, Transition } from '@duban/engine'

export type Target = { campaign: string; instance: string }

/** Makes a retry the same request: the client's key, and a digest of what was asked with it. */
export type Idempotency = { key: string; request: string }

/** A person asks an instance to do something: a command of the definition, or an administrative act. */
export type CommandRequest = Target & Ask & { idempotency?: Idempotency }

/** A person starts a campaign. The root instance's id is the campaign's id. */
export type CreateRequest = {
  facts: CampaignFacts
  assignments: Assignment[]
  asker: Ask['asker']
  idempotency?: Idempotency
}

export type ServerRefusal = Omit<Refusal, 'code'> & { code: RefusalCode | 'not_found' | 'idempotency_key_reused' }

/** What a person is told; only after commit (law 4), and word for word again for the same Idempotency-Key. */
export type Answer =
  | { ok: true; instance: Instance; transition: Transition; hash: string }
  | { ok: false; refusal: ServerRefusal }

/** What waits in the queue for the next batch. */
export type Job =
  | ({ type: 'command' } & CommandRequest)
  | ({ type: 'create' } & CreateRequest)
  /** Take what comes first of all that is due in a campaign up to an instant. */
  | { type: 'settle'; campaign: string; upTo: Instant }

export type Outcome =
  | { type: 'answer'; answer: Answer }
  /** Nothing was decided: what is due in the campaign comes first. */
  | { type: 'unsettled' }
  /** How much was taken, and whether nothing was due any more. */
  | { type: 'settlement'; taken: number; settled: boolean }

export function campaignOf(job: Job): string {
  return job.type === 'create' ? job.facts.id : job.campaign
}

/** Instances and people of several campaigns in one batch, by name. */
export function keyOf(campaign: string, id: string): string {
  return `${campaign} ${id}`
}

export function refused(refusal: ServerRefusal): Outcome {
  return { type: 'answer', answer: { ok: false, refusal } }
}

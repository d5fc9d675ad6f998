import type {
  Asker,
  Assignment,
  CampaignFacts,
  Instance,
  Instant,
  Refusal,
  RefusalCode,
  Transition,
} from '@duban/engine'

export type Target = { campaign: string; instance: string }

/** Makes a retry the same request: the client's key, and a digest of what was asked with it. */
export type Idempotency = { key: string; request: string }

/** A person asks an instance to do something: a command of the definition, or an administrative act. */
export type CommandRequest = Target & {
  type: 'command'
  command: string
  payload: unknown
  asker: Asker
  ifMatch?: number
  idempotency?: Idempotency
}

/** A person starts a campaign. The root instance's id is the campaign's id. */
export type CreateRequest = Target & {
  type: 'create'
  facts: CampaignFacts
  assignments: Assignment[]
  asker: Asker
  role: string
  idempotency?: Idempotency
}

/** The clock, a message or a commit: take what comes first of all that is due in a campaign up to an instant. */
export type SettleRequest = { type: 'settle'; campaign: string; upTo: Instant }

export type Request = CommandRequest | CreateRequest | SettleRequest

export type ServerRefusal = Omit<Refusal, 'code'> & {
  code: RefusalCode | 'not_found' | 'stale' | 'idempotency_key_reused'
}

/** What a request came to. It is told only after commit (law 4). */
export type Outcome =
  | { ok: true; instance: Instance; transition: Transition; hash: string }
  /** How much was taken, and whether nothing was due any more. */
  | { ok: true; taken: number; settled: boolean }
  | { ok: false; refusal: ServerRefusal }
  /** Nothing was decided: what is due in the campaign comes first. Settle it, and ask again. */
  | { ok: 'unsettled' }

/** The id that an `assignment.revoke` names, or '' when it names none. */
export function revoked({ payload }: CommandRequest): string {
  const { assignment } = (payload ?? {}) as { assignment?: unknown }
  return typeof assignment === 'string' ? assignment : ''
}

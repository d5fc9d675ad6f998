import type { Generated, GeneratedAlways, Selectable } from 'kysely'

/** The tables, as Kysely sees them. Instants are ISO strings (see `open.ts`); `migrations/` holds the truth. */
export type Database = {
  definition: { name: string; fingerprint: string; document: unknown; used_at: string }
  unit: { id: string; parent_id: string | null; title_zh: string; title_en: string }
  person: { id: string; name: string; unit_id: string; roles: string[] }
  campaign: CampaignTable
  campaign_unit: { campaign_id: string; unit_id: string; path: string[] }
  campaign_facts: { campaign_id: string; definition: string; facts: string }
  instance: InstanceTable
  transition: TransitionTable
  deadline: DeadlineTable
  message: MessageTable
  broadcast: BroadcastTable
  spawn: SpawnTable
  tally: { campaign_id: string; parent_id: string; kind: string; tag: string; n: number }
  watch: WatchTable
  assignment: AssignmentTable
  refusal: RefusalTable
  notice: NoticeTable
  idempotency: {
    person_id: string
    key: string
    request: string
    answer: string
    created_at: string
  }
  demo: { name: string; value: unknown }
}

export type CampaignTable = {
  campaign_id: string
  definition: string
  title: string
  starts_on: string
  organiser: string
  organiser_path: string[]
  created_at: string
}

export type InstanceTable = {
  campaign_id: string
  id: string
  kind: string
  key: string
  parent_id: string | null
  depth: number
  unit_id: string | null
  unit_path: string[]
  version: number
  at: string
  head: string
  status: string
  state: string
  state_value: string
  accepts: string[]
  tags: string[]
  due: string | null
  cursor: string
  failed: Generated<string[]>
  definition: string
}
export type InstanceRow = Selectable<InstanceTable>

export type TransitionTable = {
  campaign_id: string
  instance_id: string
  version: number
  at: string
  recorded_at: string
  record: string
  hash: string
  seq: Generated<string>
}

export type DeadlineTable = {
  campaign_id: string
  instance_id: string
  timer: string
  date_name: string
  reminder: string | null
  due: string
  depth: number
}

export type MessageTable = {
  campaign_id: string
  to_id: string
  from_id: string
  from_version: number
  n: number
  from_hash: string
  at: string
  depth: number
  name: string
  payload: string
}
export type MessageRow = Selectable<MessageTable>

export type BroadcastTable = {
  campaign_id: string
  from_id: string
  number: string
  from_version: number
  from_hash: string
  at: string
  kind: string | null
  type: string
  name: string
  payload: string
  finished: Generated<boolean>
}
export type BroadcastRow = Selectable<BroadcastTable>

export type SpawnTable = {
  campaign_id: string
  from_id: string
  number: string
  from_version: number
  from_hash: string
  at: string
  /** The effect that asked for it, as JSON. */
  effect: string
  inherited: string
  total: number
  next: Generated<number>
  finished: GeneratedAlways<boolean>
}
export type SpawnRow = Selectable<SpawnTable>

export type WatchTable = {
  campaign_id: string
  parent_id: string
  event: string
  delivered: Generated<boolean>
}

export type AssignmentTable = {
  campaign_id: string
  id: string
  role: string
  person_id: string
  unit_id: string | null
  from_at: string | null
  until_at: string | null
  granted: string
  revoked_at: string | null
}

export type RefusalTable = {
  id: Generated<string>
  campaign_id: string | null
  instance_id: string | null
  at: string
  person_id: string | null
  event: string
  code: string
  rule: string | null
  detail: string | null
}

export type NoticeTable = {
  campaign_id: string
  instance_id: string
  version: number
  n: number
  at: string
  roles: string[]
  unit_path: string[]
  text_zh: string
  text_en: string
}

import { canonical, isOver, nextDeadline, readTally, summaryOf } from '@duban/engine'
import type {
  Assignment,
  Broadcast,
  Instance,
  InstanceState,
  Json,
  LoadedInstance,
  Message,
  Notice,
  Spawn,
  WatchRow,
} from '@duban/engine'
import type { Cells } from '../database/bulk.ts'
import type { AssignmentTable, BroadcastRow, InstanceRow, MessageRow, SpawnRow } from '../database/schema.ts'

// What the engine knows, and the rows of the tables: each there and back.

export function instanceOf(row: InstanceRow): Instance {
  return {
    campaign: row.campaign_id,
    id: row.id,
    kind: row.kind,
    key: row.key,
    parent: row.parent_id,
    unit: row.unit_id,
    version: row.version,
    at: row.at,
    head: row.head,
    state: JSON.parse(row.state) as InstanceState,
  }
}

/** The columns that change with a step; the last four are derived from the state, to search by. */
export function changingColumns({ instance, definition, cursor, failed }: LoadedInstance): Cells {
  const { campaign: campaign_id, id, version, at, head, state } = instance
  const { accepts, tags, state_value, due } = derivedColumns({ instance, definition })
  const now = { version, at, head, status: state.status, state: canonical(state), definition: definition.name }
  return { campaign_id, id, ...now, cursor: String(cursor), failed, state_value, accepts, tags, due }
}

export function derivedColumns({ instance, definition }: Pick<LoadedInstance, 'instance' | 'definition'>): {
  accepts: string[]
  tags: string[]
  state_value: string
  due: string | null
} {
  const { status, snapshot } = instance.state
  const { accepts, tags } = summaryOf(definition, instance)
  const value = snapshot['value']
  return {
    accepts: isOver(status) ? [] : accepts,
    tags,
    state_value: typeof value === 'string' ? value : JSON.stringify(value),
    due: status === 'active' ? (nextDeadline(instance.state)?.due ?? null) : null,
  }
}

export function instanceColumns(loaded: LoadedInstance): Cells {
  const { kind, key, parent: parent_id, unit: unit_id } = loaded.instance
  const { depth, unitPath: unit_path } = loaded
  return { ...changingColumns(loaded), kind, key, parent_id, unit_id, depth, unit_path }
}

type From = { campaign_id: string; from_id: string; from_version: number; from_hash: string; at: string }

function askedBy({ campaign_id, from_id, from_version, from_hash, at }: From) {
  return { campaign: campaign_id, cause: { instance: from_id, version: from_version, hash: from_hash }, at }
}

function fromColumns({ campaign, cause, at }: Pick<Message, 'campaign' | 'cause' | 'at'>): From {
  const { instance, version, hash } = cause
  return { campaign_id: campaign, from_id: instance, from_version: version, from_hash: hash, at }
}

export function messageOf(row: MessageRow): Message {
  const { to_id: to, n, depth, name } = row
  return { ...askedBy(row), to, n, depth, name, payload: JSON.parse(row.payload) as Json }
}

export function messageColumns({ to: to_id, n, depth, name, payload, ...asked }: Message): Cells {
  return { ...fromColumns(asked), to_id, n, depth, name, payload: JSON.stringify(payload) }
}

export function messageKey({ campaign, to, cause, n }: Message): Cells {
  return { campaign_id: campaign, to_id: to, from_id: cause.instance, from_version: cause.version, n }
}

export function broadcastOf(row: BroadcastRow): Broadcast {
  const { number, kind, name } = row
  const type = row.type as Broadcast['type']
  return { ...askedBy(row), number: Number(number), kind, type, name, payload: JSON.parse(row.payload) as Json }
}

export function broadcastColumns({ number, kind, type, name, payload, ...asked }: Broadcast): Cells {
  return { ...fromColumns(asked), number: String(number), kind, type, name, payload: JSON.stringify(payload) }
}

/** Names a spawn or a broadcast. */
export function numberKey({ campaign, cause, number }: Pick<Spawn, 'campaign' | 'cause' | 'number'>): Cells {
  return { campaign_id: campaign, from_id: cause.instance, number: String(number) }
}

export function spawnOf(row: SpawnRow): Spawn {
  const { number, total, next } = row
  const effect = JSON.parse(row.effect) as Spawn['effect']
  const inherited = JSON.parse(row.inherited) as Spawn['inherited']
  return { ...askedBy(row), number: Number(number), effect, total, next, inherited }
}

export function spawnColumns({ number, effect, total, inherited, ...asked }: Spawn): Cells {
  const texts = { effect: JSON.stringify(effect), inherited: JSON.stringify(inherited) }
  return { ...fromColumns(asked), number: String(number), total, ...texts }
}

export function watchOf(row: { campaign_id: string; parent_id: string; event: string; delivered: boolean }): WatchRow {
  const { campaign_id: campaign, parent_id: parent, event, delivered } = row
  const watch = readTally(event)
  if (!watch) throw new Error(`the watch ${event} of ${parent} counts nothing`)
  return { campaign, parent, watch, delivered }
}

export function noticeColumns({ campaign, instance, version, n, at, to, unitPath, text }: Notice): Cells {
  const what = { campaign_id: campaign, instance_id: instance, version, n, at }
  return { ...what, roles: to, unit_path: unitPath, text_zh: text.zh, text_en: text.en }
}

export function assignmentColumns(campaign: string, assignment: Assignment): AssignmentTable {
  const { id, role, person, unit = null, from = null, until = null } = assignment
  const who = { campaign_id: campaign, id, role, person_id: person, unit_id: unit, from_at: from, until_at: until }
  return { ...who, granted: JSON.stringify(assignment), revoked_at: null }
}

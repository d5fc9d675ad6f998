import {
  nextDeadline,
  stateText,
  type CampaignFacts,
  type Definition,
  type Instance,
  type Json,
  type Text,
} from '@duban/engine'
import type { InstanceRow } from '../database/schema.ts'
import { instanceOf } from '../execute/rows.ts'
import { unitOf } from '../execute/facts.ts'

/** An instance as the API shows it. */
export type InstanceView = {
  id: string
  campaign: string
  kind: string
  key: string
  parent: string | null
  unit: string | null
  unitTitle: Text | null
  version: number
  at: string
  status: string
  state: Json
  stateTitle: Text
  tags?: string[]
  due: string | null
  context: Json
  head: string
}

export function viewInstance(definition: Definition, facts: CampaignFacts, instance: Instance): InstanceView {
  const value = instance.state.snapshot['value'] ?? null
  const kind = definition.kinds[instance.kind]
  return {
    id: instance.id,
    campaign: instance.campaign,
    kind: instance.kind,
    key: instance.key,
    parent: instance.parent,
    unit: instance.unit,
    unitTitle: unitOf(facts, instance.unit)?.title ?? null,
    version: instance.version,
    at: instance.at,
    status: instance.state.status,
    state: value,
    stateTitle: { zh: stateText(kind, value, 'zh'), en: stateText(kind, value, 'en') },
    due: nextDeadline(instance.state)?.due ?? null,
    context: instance.state.snapshot['context'] ?? {},
    head: instance.head,
  }
}

export function viewRow(definition: Definition, facts: CampaignFacts, row: InstanceRow): InstanceView {
  return { ...viewInstance(definition, facts, instanceOf(row)), tags: row.tags }
}

import type { Definition } from '../../definition/compiled.ts'
import type { Instant } from '../../calendar/index.ts'
import { childCount } from '../children.ts'
import { dataOf, valueAt, type DataSource, type EngineAction, type OpenParams } from '../../definition/actions.ts'
import type { Effect } from '../../campaign/effect.ts'
import type { CampaignFacts, Instance } from '../../campaign/instance.ts'
import type { Json, JsonObject } from '../../data/json.ts'
import type { Asked, Moved } from '../../definition/machine.ts'
import { noticeText } from '../notice.ts'
import { getOwn } from '../../data/getOwn.ts'

/** What the machine asked for beside its own state, in the order in which it asked. */
export function effectsOf(
  definition: Definition,
  campaign: CampaignFacts,
  instance: Instance,
  { snapshot, asked }: Moved,
  { payload, by = null, at }: { payload: Json; by?: string | null; at: Instant },
): Effect[] {
  const source: DataSource = { payload, context: snapshot['context'] ?? null, by, at }
  const effects = asked.flatMap((one) => effectOf(definition, campaign, instance, one, source))
  // What is finished takes everything below it along; nothing goes on being overdue for ever.
  const opens = getOwn(definition.kinds, instance.kind)?.opens ?? []
  return instance.state.status === 'done' && opens.length > 0
    ? [...effects, { type: 'actOnChildren', act: 'campaign.close', payload: {} }]
    : effects
}

function effectOf(
  definition: Definition,
  campaign: CampaignFacts,
  instance: Instance,
  asked: Asked,
  source: DataSource,
): Effect[] {
  // The machine runs what the checks let through; what is not the engine's (timers) is none of its effects.
  const action = asked as unknown as EngineAction
  switch (action.type) {
    case 'duban.open':
      return opening(campaign, instance, action.params, source)
    case 'duban.tell': {
      const { to, message, data } = action.params
      const payload = dataOf(source, data)
      return to === 'parent'
        ? [{ type: 'tellParent', message, payload }]
        : [{ type: 'tellChildren', kind: to.children, message, payload }]
    }
    case 'duban.notify': {
      const { to, text: words } = action.params
      const text = noticeText(words, definition, campaign, instance)
      return [{ type: 'notify', to: [...to], unit: instance.unit, text }]
    }
    // Done within the machine (definition/machine.ts).
    case 'duban.keep':
    case 'duban.append':
    case 'duban.count':
    default:
      return []
  }
}

function opening(campaign: CampaignFacts, instance: Instance, params: OpenParams, source: DataSource): Effect[] {
  const { kind, unit } = params
  const effect: Extract<Effect, { type: 'open' }> = {
    type: 'open',
    kind,
    items: itemsOf(params, source),
    ...(unit !== undefined && { unit }),
    ...(params.with && { with: dataOf(source, params.with) as JsonObject }),
  }
  if (Array.isArray(effect.items)) {
    const odd = effect.items.find((item) => (unit ?? params.with) !== undefined && !isObject(item))
    if (odd !== undefined) throw new TypeError(`open ${kind}: an item must be an object`)
    if (unit !== undefined) checkUnits(campaign, effect, unit)
  }
  return childCount(effect, campaign, instance) > 0 || effect.items === 'units' ? [effect] : []
}

/** `null` leaves a child to its parent's unit; nothing at all is a member that is not there, or is misspelt. */
function checkUnits(
  campaign: CampaignFacts,
  { kind, items, with: more }: Extract<Effect, { type: 'open' }>,
  unit: string,
): void {
  for (const item of items) {
    const id = getOwn({ ...(item as unknown as JsonObject), ...more }, unit)
    if (id === undefined) throw new TypeError(`open ${kind}: an item has no «${unit}» to name its unit`)
    if (id !== null && !campaign.units.some((one) => one.id === id)) {
      throw new TypeError(`open ${kind}: ${JSON.stringify(id)} takes no part in the campaign`)
    }
  }
}

function itemsOf(params: OpenParams, source: DataSource): Json[] | 'units' | 'unitsBelow' {
  if (params.from !== undefined) return [valueAt(source, params.from)]
  const { each = 'units' } = params
  if (each === 'units' || each === 'unitsBelow') return each
  const items = valueAt(source, each)
  if (!Array.isArray(items)) throw new TypeError(`open ${params.kind}: ${each} is no list`)
  return items
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

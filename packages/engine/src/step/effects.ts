import type { Data, NotifyParams, OpenParams, TellParams } from '../actions.ts'
import type { Definition } from '../define.ts'
import type { Effect } from '../effect.ts'
import type { CampaignFacts, Instance } from '../instance.ts'
import type { Json } from '../json.ts'
import type { Asked, Moved } from '../machine.ts'
import { noticeText } from '../notice.ts'
import { own } from '../own.ts'

/** What data paths start from: the event's payload (of an opening, its input), and the context after the step. */
type Source = { payload: Json; context: Json }

/** What the machine asked for beside its own state, in the order in which it asked. */
export function effectsOf(
  definition: Definition,
  campaign: CampaignFacts,
  instance: Instance,
  { snapshot, asked }: Moved,
  payload: Json,
): Effect[] {
  const source = { payload, context: snapshot['context'] ?? null }
  const effects = asked.flatMap((one) => effectOf(definition, campaign, instance, one, source))
  // What is finished takes everything below it along; nothing goes on being overdue for ever.
  const opens = own(definition.kinds, instance.kind)?.opens ?? []
  return instance.state.status === 'done' && opens.length > 0
    ? [...effects, { type: 'actOnChildren', act: 'campaign.close', payload: {} }]
    : effects
}

function effectOf(
  definition: Definition,
  campaign: CampaignFacts,
  instance: Instance,
  { type, params }: Asked,
  source: Source,
): Effect[] {
  switch (type) {
    case 'duban.open': {
      const { kind, each } = params as OpenParams
      if (each === 'units') return [{ type: 'open', kind, items: 'units' }]
      const items = at(source, each)
      if (!Array.isArray(items)) throw new TypeError(`open ${kind}: ${each} is no list`)
      return items.length > 0 ? [{ type: 'open', kind, items }] : []
    }
    case 'duban.tell': {
      const { to, message, data } = params as TellParams
      const payload = dataOf(source, data)
      return to === 'parent'
        ? [{ type: 'tellParent', message, payload }]
        : [{ type: 'tellChildren', kind: to.children, message, payload }]
    }
    case 'duban.notify': {
      const { to, text: words } = params as NotifyParams
      const text = noticeText(words, definition, campaign, instance)
      return [{ type: 'notify', to: [...to], unit: instance.unit, text }]
    }
    default:
      return []
  }
}

function dataOf(source: Source, data: Data | undefined): Json {
  if (data === undefined) return null
  if (typeof data === 'string') return at(source, data)
  return Object.fromEntries(Object.entries(data).map(([name, path]) => [name, at(source, path)]))
}

function at(source: Source, path: string): Json {
  return path.split('.').reduce<Json>((value, key) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
    return own(value, key) ?? null
  }, source)
}

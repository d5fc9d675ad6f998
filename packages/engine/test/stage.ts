// Puts single instances on stage, without a server: events in, instances out.
import {
  planCampaign,
  step,
  type Actor,
  type Assignment,
  type CampaignFacts,
  type Definition,
  type Event,
  type PinnedDefinition,
  type Instance,
  type Json,
  type JsonObject,
  type Plan,
  type Stepped,
} from '../src/index.ts'
import { inspection } from './inspection.ts'

export type Done = Stepped & { ok: true }

export const law = {
  id: 'law',
  title: { zh: '政策法规股', en: 'Policy unit' },
  path: ['city', 'county', 'law'],
}
export const staff = {
  id: 'staff',
  title: { zh: '人事股', en: 'Personnel' },
  path: ['city', 'county', 'staff'],
}

/** Shanghai wall clock, `'04-18 09:00'` of 2026 (seconds and milliseconds if given), as an instant. */
export function on(local: string): string {
  const [day = '', time = ''] = local.split(' ')
  return new Date(`2026-${day}T${time}+08:00`).toISOString()
}

export function planned(definition: Definition = inspection, more: Partial<Plan> = {}) {
  const plan = planCampaign(definition, {
    id: '00000000-0000-8000-8000-000000000001',
    title: '二〇二六年小检查',
    startsOn: '2026-04-01',
    timezone: 'Asia/Shanghai',
    calendar: 'CN-2026',
    organiser: { unit: 'county', path: ['city', 'county'] },
    units: [law, staff],
    assignments: [],
    ...more,
  })
  if (!plan.ok) throw new Error(JSON.stringify(plan.refusal))
  return plan
}

export const facts: CampaignFacts = planned().facts

export function assignment(role: string, person: string, more: Partial<Assignment> = {}) {
  const given: Assignment = {
    id: '00000000-0000-8000-8000-00000000000a',
    role,
    person,
    home: ['city', 'county'],
  }
  return { ...given, ...more }
}

export function actor(person: string, role = 'reporter', more: Partial<Actor['authority']> = {}) {
  const found: Actor = { person, home: ['city', 'county', 'law'], authority: { role, ...more } }
  return found
}

const must = (stepped: Stepped): Done => {
  if (stepped.ok) return stepped
  throw new Error(`refused: ${JSON.stringify(stepped.refusal)}`)
}

/** A stage for instances of one definition. */
export function stage(definition: Definition = inspection, campaign: CampaignFacts = facts) {
  const take = (instance: Instance | null, event: Event, from?: PinnedDefinition): Stepped =>
    step(definition, campaign, instance, event, from)
  const cause = { instance: campaign.id, version: 1, hash: 'f'.repeat(64) }
  return {
    take,
    must,
    root: (at = on('04-01 08:00')): Done =>
      must(
        take(null, {
          type: 'open',
          at,
          instance: {
            campaign: campaign.id,
            id: campaign.id,
            kind: 'campaign',
            key: '',
            unit: null,
          },
          cause: null,
          input: null,
          adjustments: [],
          performedBy: {},
          campaign,
          assignments: [],
        }),
      ),
    child: (
      kind: string,
      input: Json,
      {
        at = on('04-01 09:00'),
        unit = 'law',
        ...more
      }: {
        at?: string
        unit?: string | null
        adjustments?: Instance['state']['adjustments']
        performedBy?: Instance['state']['performedBy']
      } = {},
    ): Stepped =>
      take(null, {
        type: 'open',
        at,
        instance: { campaign: campaign.id, id: `${kind}-1`, kind, key: unit ?? '1', unit },
        cause,
        input,
        adjustments: [],
        performedBy: {},
        ...more,
      }),
    unit: (at = on('04-01 09:00')): Done =>
      must(
        take(null, {
          type: 'open',
          at,
          instance: {
            campaign: campaign.id,
            id: 'unit-law',
            kind: 'unit',
            key: 'law',
            unit: 'law',
          },
          cause,
          input: law,
          adjustments: [],
          performedBy: {},
        }),
      ),
    say: (instance: Instance, command: string, payload: unknown, at: string, by: Actor = actor('zhang')): Stepped =>
      take(instance, { type: 'command', at, command, payload: payload as Json, actor: by }),
    tell: (instance: Instance, message: string, payload: Json, at: string): Stepped =>
      take(instance, { type: 'message', at, message, payload, cause }),
    /** The next timer fires, at its instant. */
    fire: (instance: Instance, at?: string): Stepped => {
      const [timer, { due }] = Object.entries(instance.state.timers).toSorted(([, a], [, b]) =>
        a.due < b.due ? -1 : 1,
      )[0] as [string, { due: string }]
      return take(instance, { type: 'deadline', at: at ?? due, timer, due })
    },
    act: (instance: Instance, act: string, payload: JsonObject, at: string): Stepped =>
      take(instance, { type: 'act', at, act, payload, actor: actor('wang', 'organiser') }),
    /** The same act, as it comes down from the instance above. */
    down: (instance: Instance, act: string, payload: JsonObject, at: string): Stepped =>
      take(instance, { type: 'act', at, act, payload, cause }),
  }
}

export const place = ({ instance }: Done): Json => instance.state.snapshot['value'] ?? null
export const codeOf = (stepped: Stepped): string => (stepped.ok ? 'ok' : stepped.refusal.code)
/** What waits: date or reminder, and when in Shanghai. */
export const waits = ({ state }: Instance): { [timer: string]: string } =>
  Object.fromEntries(
    Object.values(state.timers)
      .toSorted((a, b) => (a.due < b.due ? -1 : 1))
      .map(({ date, due, reminder }) => [
        reminder === undefined ? date : `${date} ${reminder}`,
        new Date(Date.parse(due) + 8 * 3600_000).toISOString().slice(5, 16).replace('T', ' '),
      ]),
  )

/** Nothing in it can be written to; a step that tries fails. */
export function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) {
    Object.freeze(value)
    for (const inside of Object.values(value)) deepFreeze(inside)
  }
  return value
}

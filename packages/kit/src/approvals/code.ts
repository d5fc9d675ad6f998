import * as bodies from './bodies.ts'
import * as opinions from './opinions.ts'
import * as routing from './routing.ts'
import type { Routing } from './record.ts'
import { isJoint, modeOf, namersOf, type ApprovalStep } from './steps.ts'

type Within<Name extends string> = { context: { [N in Name]: Routing } }
type Event = { type: string; payload?: unknown; by?: string; at: string }

type Guard<Name extends string> = (seen: Within<Name> & { event: Event }) => boolean

export type ApprovalsCode<Name extends string> = {
  /** `<name>MaySign` is asked at each submission: put a guard of your own in its place that asks it, too. */
  guards: { [name: string]: Guard<Name> } & { [N in `${Name}MaySign`]: Guard<Name> }
  updates: { [name: string]: (seen: Within<Name> & { event: Event }) => { [N in Name]: never } }
}

type Payload = {
  signers?: Routing['signers']
  opinion?: string
  reason?: string
  to?: string
  from?: string
  persons?: string[]
}
type Given = { route: Routing; payload: Payload; by: string; at: string }

/** `cosign` of `scheme` has `schemeCosignEnter`, `schemeCosignCompletes` … */
export function codeName(name: string, ...parts: string[]): string {
  return name + parts.map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('')
}

/** The guards and updates of one document's way, under names of its own. */
export function approvalsCode(name: string, steps: { readonly [step: string]: ApprovalStep }): ApprovalsCode<string> {
  const given = ({ context, event }: Within<string> & { event: Event }): Given => ({
    route: context[name] as Routing,
    payload: event.payload ?? {},
    by: event.by ?? '',
    at: event.at,
  })
  const guard = (which: string, passes: (from: Given) => boolean) =>
    [codeName(name, which), (seen: Within<string> & { event: Event }) => passes(given(seen))] as const
  const update = (which: string, next: (from: Given) => Routing) =>
    [
      codeName(name, which),
      (seen: Within<string> & { event: Event }) => ({ [name]: next(given(seen)) as never }),
    ] as const

  const all = Object.entries(steps)
  const houses = all.flatMap(([step, one]) =>
    isJoint(one) ? Object.keys(one.each).map((house) => [step, house] as const) : [],
  )
  const naming = all.flatMap(([step, one]) => (namersOf(one) ? [step] : []))
  const guards = [
    guard('maySign', ({ route, payload, by }) => routing.maySign(route, payload.signers ?? {}, by)),
    guard('unsigned', ({ route, by }) => !opinions.hasSigned(route, by)),
    guard('untouched', ({ route }) => opinions.untouched(route)),
    guard('mends', ({ route }) => opinions.untouched(route) && opinions.wasReturned(route)),
    guard('refused', ({ route }) => opinions.isRefused(route)),
    // `only` lets somebody through who stands in for a named person (代理); a signature is one's own.
    guard('waits', ({ route, by }) => route.waiting.includes(by)),
    guard(
      'delegates',
      ({ route, payload, by }) => route.waiting.includes(by) && routing.isFree(route, payload.to ?? ''),
    ),
    guard(
      'addsSigners',
      ({ route, payload: { persons = [] }, by }) =>
        route.waiting.includes(by) &&
        new Set(persons).size === persons.length &&
        persons.every((person) => routing.isFree(route, person)),
    ),
    // One hands over the own turn; the submitter anybody's.
    guard('handsOver', ({ route, payload, by }) => {
      const from = payload.from ?? by
      return (
        route.waiting.includes(from) &&
        (from === by || by === route.submittedBy || by === route.namer) &&
        routing.isFree(route, payload.to ?? '')
      )
    }),
    ...['draft', ...all.map(([step]) => step)].map((step) =>
      guard(codeName('to', step), ({ payload }) => (payload.to ?? 'draft') === step),
    ),
    ...all.map(([step, one]) =>
      guard(codeName(step, 'completes'), ({ route, by }) => routing.completes(route, modeOf(one), by)),
    ),
    ...naming.map((step) =>
      guard(codeName(step, 'names'), ({ route, payload }) => bodies.mayName(route, step, payload.persons ?? [])),
    ),
  ]
  const updates = [
    update('submit', ({ route, payload: { signers = {}, ...document }, ...done }) =>
      routing.submitted(route, document, signers, done),
    ),
    update('sign', ({ route, payload, ...done }) => routing.signed(route, payload.opinion ?? null, done)),
    update('handOver', ({ route, payload, ...done }) =>
      routing.handedOver(route, payload.from ?? done.by, payload.to ?? '', done),
    ),
    update('delegate', ({ route, payload, ...done }) => routing.delegated(route, payload.to ?? '', done)),
    update('return', ({ route, payload, ...done }) =>
      routing.returned(route, payload.to ?? 'draft', payload.reason ?? '', done),
    ),
    update('withdraw', ({ route, by, at }) => routing.withdrawn(route, { by, at })),
    update('refuse', ({ route }) => bodies.refused(route)),
    update('mendLate', ({ route }) => ({ ...route, mendedLate: true })),
    update('late', ({ route }) => ({ ...route, late: true })),
    update('leave', ({ route }) => routing.left(route)),
    ...all.flatMap(([step, one]) => {
      const mode = modeOf(one)
      return [
        update(codeName(step, 'enter'), ({ route }) => routing.entered(route, step, mode)),
        ...(mode === undefined
          ? []
          : [
              update(codeName(step, 'addSigner'), ({ route, payload, ...done }) =>
                routing.signersAdded(route, mode, payload.persons ?? [], done),
              ),
            ]),
      ]
    }),
    ...naming.map((step) =>
      update(codeName(step, 'name'), ({ route, payload, ...done }) =>
        bodies.named(route, step, payload.persons ?? [], done),
      ),
    ),
    ...houses.flatMap(([step, house]) => [
      update(codeName(step, house, 'sign'), ({ route, payload, ...done }) =>
        bodies.spoken(route, house, 'signed', payload.opinion ?? null, done),
      ),
      update(codeName(step, house, 'refuse'), ({ route, payload, ...done }) =>
        bodies.spoken(route, house, 'refused', payload.reason ?? null, done),
      ),
    ]),
  ]
  return {
    guards: Object.fromEntries(guards) as ApprovalsCode<string>['guards'],
    updates: Object.fromEntries(updates),
  }
}

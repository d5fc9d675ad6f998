import type { Entry, Mode, Routing, Turn } from './record.ts'
import { hasSigned } from './opinions.ts'

export type Done = { by: string; at: string }

export const fresh: Routing<never> = {
  document: null,
  round: 0,
  submittedBy: null,
  submitters: [],
  signers: {},
  step: null,
  turns: [],
  queue: [],
  waiting: [],
  mayHandOver: [],
  late: false,
  entries: [],
}

/** A document goes on its way, with the persons who will sign where that is by name. */
export function submitted<D>(routing: Routing<D>, document: D, signers: Routing['signers'], done: Done): Routing<D> {
  const submitters = [...new Set([...routing.submitters, done.by])]
  return noted(
    {
      ...routing,
      document,
      signers,
      submitters,
      submittedBy: done.by,
      round: routing.round + 1,
      step: null,
    },
    'submitted',
    done,
  )
}

/** Nobody is named twice, and nobody who ever submitted it. */
export function maySign(routing: Routing, signers: Routing['signers'], by: string): boolean {
  const named = Object.values(signers).flat()
  const barred = new Set([...routing.submitters, by])
  return new Set(named).size === named.length && !named.some((person) => barred.has(person))
}

/** A step begins: of a sequence the first has the turn, otherwise all do. By role nobody is named. */
export function entered<D>(routing: Routing<D>, step: string, mode: Mode | undefined): Routing<D> {
  const [first, ...queue] = mode === undefined ? [] : (routing.signers[step] ?? [])
  const persons = first === undefined ? [] : mode === 'sequence' ? [first] : [first, ...queue]
  return withTurns(
    { ...routing, step, queue: mode === 'sequence' ? queue : [] },
    persons.map((person) => ({ person, back: [] })),
  )
}

/** On its way no more: approved, or back in the hands of who drafts it. */
export function left<D>(routing: Routing<D>): Routing<D> {
  return withTurns({ ...routing, step: null, queue: [] }, [])
}

/** Whether this person's signature ends the step. */
export function completes(routing: Routing, mode: Mode | undefined, by: string): boolean {
  if (mode === undefined) return true
  const turn = routing.turns.find(({ person }) => person === by)
  if (!turn || turn.back.length > 0) return false
  return mode === 'one' || (routing.turns.length === 1 && routing.queue.length === 0)
}

/** Signed, or, by somebody to whom it was delegated, advised: then whoever delegated has the turn again. */
export function signed<D>(routing: Routing<D>, opinion: string | null, done: Done): Routing<D> {
  const turn = routing.turns.find(({ person }) => person === done.by)
  const delegator = turn?.back.at(-1)
  if (turn && delegator !== undefined) {
    const again = { person: delegator, back: turn.back.slice(0, -1) }
    return noted(replaced(routing, done.by, [again]), 'advised', done, opinion, [delegator])
  }
  const [next, ...queue] = routing.queue
  const rest = next === undefined ? [] : [{ person: next, back: [] }]
  return noted({ ...replaced(routing, done.by, rest), queue }, 'signed', done, opinion)
}

/** Whether a person may still be given a turn in this round. */
export function isFree(routing: Routing, person: string): boolean {
  const busy = [
    ...routing.submitters,
    ...routing.queue,
    ...Object.values(routing.signers).flat(),
    ...routing.turns.flatMap((turn) => [turn.person, ...turn.back]),
  ]
  return !busy.includes(person) && !hasSigned(routing, person)
}

/** 加签: more persons sign; in a sequence they come next. */
export function signersAdded<D>(routing: Routing<D>, mode: Mode, persons: string[], done: Done): Routing<D> {
  const added =
    mode === 'sequence'
      ? { ...routing, queue: [...persons, ...routing.queue] }
      : withTurns(routing, [...routing.turns, ...persons.map((person) => ({ person, back: [] as string[] }))])
  return noted(added, 'signerAdded', done, null, persons)
}

/** 转办: another has the turn for good. */
export function handedOver<D>(routing: Routing<D>, from: string, to: string, done: Done): Routing<D> {
  const back = routing.turns.find(({ person }) => person === from)?.back ?? []
  return noted(replaced(routing, from, [{ person: to, back }]), 'handedOver', done, null, [to])
}

/** 委派: another looks first, then the turn comes back. */
export function delegated<D>(routing: Routing<D>, to: string, done: Done): Routing<D> {
  const back = routing.turns.find(({ person }) => person === done.by)?.back ?? []
  const turn = { person: to, back: [...back, done.by] }
  return noted(replaced(routing, done.by, [turn]), 'delegated', done, null, [to])
}

/** 退回, to the draft or an earlier step: a new round begins there. */
export function returned<D>(routing: Routing<D>, to: string, reason: string, done: Done): Routing<D> {
  const before = noted(routing, 'returned', done, reason, [to])
  return left({ ...before, round: routing.round + 1 })
}

/** 撤回, while nobody has signed. */
export function withdrawn<D>(routing: Routing<D>, done: Done): Routing<D> {
  return left(noted(routing, 'withdrawn', done))
}

function replaced<D>(routing: Routing<D>, person: string, by: Turn[]): Routing<D> {
  return withTurns(
    routing,
    routing.turns.flatMap((turn) => (turn.person === person ? by : [turn])),
  )
}

function withTurns<D>(routing: Routing<D>, turns: Turn[]): Routing<D> {
  const waiting = turns.map(({ person }) => person)
  const submitter = routing.submittedBy === null ? [] : [routing.submittedBy]
  const namer = routing.namer === undefined ? [] : [routing.namer]
  const mayHandOver = [...new Set([...waiting, ...submitter, ...namer])]
  return { ...routing, turns, waiting, mayHandOver }
}

/** With one entry more. */
export function noted<D>(
  routing: Routing<D>,
  act: Entry['act'],
  { by, at }: Done,
  opinion: string | null = null,
  to: string[] = [],
): Routing<D> {
  const { round, step } = routing
  return { ...routing, entries: [...routing.entries, { round, step, act, by, at, opinion, to }] }
}

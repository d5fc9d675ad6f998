import { hasSigned } from './opinions.ts'
import type { Routing } from './record.ts'
import { left, maySign, noted, type Done } from './routing.ts'

/** What one body says: it stands beside what the others say. */
export function spoken<D>(
  routing: Routing<D>,
  body: string,
  act: 'signed' | 'refused',
  opinion: string | null,
  done: Done,
): Routing<D> {
  const { step } = routing
  return { ...noted({ ...routing, step: `${step}.${body}` }, act, done, opinion), step }
}

/** Refused by one of several bodies: a new round, in which all of them are asked again. */
export function refused<D>(routing: Routing<D>): Routing<D> {
  return left({ ...routing, round: routing.round + 1 })
}

/** The persons of a step are named when the document comes to it. */
export function named<D>(routing: Routing<D>, step: string, persons: string[], done: Done): Routing<D> {
  const signers = { ...routing.signers, [step]: persons }
  return noted({ ...routing, signers, namer: done.by, step }, 'named', done, null, persons)
}

/** Whether these persons may sign a step: free of the others, and none who has a say already. */
export function mayName(routing: Routing, step: string, persons: string[]): boolean {
  const signers = { ...routing.signers, [step]: persons }
  return maySign(routing, signers, routing.submittedBy ?? '') && !persons.some((person) => hasSigned(routing, person))
}

import type { Entry, Routing } from './record.ts'

/** Signatures and refusals of this round. */
function opinions({ entries, round }: Routing): Entry[] {
  return entries.filter((one) => one.round === round && (one.act === 'signed' || one.act === 'refused'))
}

export function untouched(routing: Routing): boolean {
  return opinions(routing).length === 0
}

/** Returned once, or refused: a time of its own has begun. */
export function wasReturned({ entries }: Routing): boolean {
  return entries.some(({ act }) => act === 'returned' || act === 'refused')
}

/** One of several bodies disagrees, in this round. */
export function isRefused(routing: Routing): boolean {
  return opinions(routing).some(({ act }) => act === 'refused')
}

/** Nobody signs twice in one round. */
export function hasSigned(routing: Routing, person: string): boolean {
  return opinions(routing).some(({ by }) => by === person)
}

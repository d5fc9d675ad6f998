import type { Outcome } from '@duban/kit'
import type { opinions } from './commands.ts'
import { adoption } from './payloads.ts'
import type { Adoption, Card, Hearing, Matter, Rating, Reply, Session, Vote } from './payloads.ts'

/** Who did it, and when. */
export type Done = { by: string; at: string }
type Ballots<Cast> = (Cast & Done)[]

export type MatterContext = Matter & {
  cards: (Card & Done)[]
  session: (Session & Done) | null
  votes: Ballots<Vote>
  /** How the opinions were adopted, or not, each time. */
  adoptions: ({ adopted: Adoption['adopted']; opinion: string } & Done)[]
  /** The date came before they were adopted. */
  formedLate: boolean
  replies: (Reply & Done)[]
  /** Why a reply was returned, each time. */
  returns: ({ reason: string } & Done)[]
  hearings: (Hearing & Done)[]
  ratings: Ballots<{ rating: Rating }>
  /** What came of each vote on satisfaction. */
  outcomes: Rating[]
  first: Rating | 'unrated'
  last: Rating | 'unrated'
  answers: number
  decisions: ({ decision: 'close' | 'again'; reason: string } & Done)[]
} & typeof opinions.context

/** More than half of all members, whether they voted or not. */
export function countVotes({ votes, members }: MatterContext): Outcome {
  const cast = votes.map(({ vote }) => vote)
  return adoption.outcome(adoption.tally(cast, Math.max(members, cast.length)))
}

/** Satisfied when more than half are; else basically, when those and these are more than half; else not. */
export function satisfactionOf({ ratings }: MatterContext): Rating {
  const count = (which: Rating): number => ratings.filter(({ rating }) => rating === which).length
  const satisfied = count('satisfied')
  if (satisfied * 2 > ratings.length) return 'satisfied'
  return (satisfied + count('basically')) * 2 > ratings.length ? 'basically' : 'not'
}

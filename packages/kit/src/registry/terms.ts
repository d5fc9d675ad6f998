import type { Done } from '../block.ts'

/** 任期: who held the office, from the approval on, until the day of leaving, and what became known of it. */
export type Term = {
  person: string
  appointed: Done
  leftOn: string | null
  why: 'left' | 'dismissed' | null
  /** When the unit gave notice of the leaving; `late` when the time for it was over. */
  notified: (Done & { letter: string; late: boolean }) | null
  judgements: Judged[]
}
export type Judged = { what: 'commended' | 'criticised'; facts: string } & Done

export type Post = {
  candidate: { person: string; statement: string; at: string } | null
  recommended: ({ opinion: string } & Done) | null
  /** Candidates that were not approved, and why. */
  refused: ({ person: string; reason: string } & Done)[]
  /** The proposal to dismiss that awaits its decision. */
  proposal: ({ facts: string } & Done) | null
  terms: Term[]
}

export const emptyPost: Post = {
  candidate: null,
  recommended: null,
  refused: [],
  proposal: null,
  terms: [],
}

/** The term that runs, or the last one. */
export function lastTerm({ terms }: Pick<Post, 'terms'>): Term | undefined {
  return terms.at(-1)
}

/** Changes the last term; without one, nothing. */
export function inLastTerm(terms: readonly Term[], change: Partial<Term>): Term[] {
  return terms.map((term, n) => (n === terms.length - 1 ? { ...term, ...change } : term))
}

/** 年内表彰、批评: judgements over all terms, by person. */
export function judgementsOf(posts: readonly Pick<Post, 'terms'>[]): {
  [person: string]: { commended: number; criticised: number }
} {
  const counts = new Map<string, { commended: number; criticised: number }>()
  for (const { person, judgements } of posts.flatMap(({ terms }) => terms)) {
    const before = counts.get(person) ?? { commended: 0, criticised: 0 }
    const of = (what: Judged['what']) => judgements.filter((one) => one.what === what).length
    counts.set(person, {
      commended: before.commended + of('commended'),
      criticised: before.criticised + of('criticised'),
    })
  }
  return Object.fromEntries(counts)
}

/** Vacancies of which notice was given late, or not at all. */
export function lateNotices(posts: readonly Pick<Post, 'terms'>[]): Term[] {
  return posts
    .flatMap(({ terms }) => terms)
    .filter(({ why, notified }) => why === 'left' && (notified === null || notified.late))
}

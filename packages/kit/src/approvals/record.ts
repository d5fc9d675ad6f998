/**
 * How the persons of a step sign: all of them (会签), one of them (或签), or one after the other in the order
 * in which they were named.
 */
export type Mode = 'all' | 'one' | 'sequence'

/** Somebody whose turn it is; `back` are those who delegated (委派), the last of them next. */
export type Turn = { person: string; back: string[] }

export type Entry = {
  round: number
  /** Of a joint step with the body: `joint.discipline`. */
  step: string | null
  act:
    | 'submitted'
    | 'signed'
    | 'advised'
    | 'signerAdded'
    | 'handedOver'
    | 'delegated'
    | 'returned'
    | 'withdrawn'
    | 'named'
    | 'refused'
  by: string
  at: string
  opinion: string | null
  /** Whom it was given to, or whereto returned. */
  to: string[]
}

/** Where a document is on its way, and all that was said of it. Plain JSON, in the author's context. */
export type Routing<Document = unknown> = {
  document: Document | null
  /** Begins anew with each submission and each return: what was signed before counts no more. */
  round: number
  submittedBy: string | null
  /** All who ever submitted it: they never sign it. */
  submitters: string[]
  /** The persons named for each step that is signed by name. */
  signers: { [step: string]: string[] }
  step: string | null
  turns: Turn[]
  /** Who follows, in sequence. */
  queue: string[]
  /** The persons whose turn it is, for `only`. */
  waiting: string[]
  /** Who named the persons of a step, where that is not the submitter. */
  namer?: string
  /** Whether what was returned was ever overdue; only where that has a time of its own. */
  mendedLate?: boolean
  /** Those, the submitter, and who named them: who may hand a turn over. */
  mayHandOver: string[]
  /** Its date came before all had signed. */
  late: boolean
  entries: Entry[]
}

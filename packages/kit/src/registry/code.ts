import { done, joined, part, type Changed, type Seen } from '../block.ts'
import { inLastTerm, lastTerm, type Judged, type Post, type Term } from './terms.ts'

/** The members that the payloads of the registry have, each command its own. */
type Said = {
  statement: string
  opinion: string
  reason: string
  facts: string
  letter: string
  leftOn: string
}
const said = ({ payload }: Seen<object>['event']): Said => payload as Said

export function registryCode<const Name extends string>(name: Name) {
  const { of, change } = part<Post>(name)
  const [holder, leftOn] = [`${name}Holder`, `${name}LeftOn`]
  const term = (context: object, changes: Partial<Term>): Changed =>
    change(context, { terms: inLastTerm(of(context).terms, changes), proposal: null })
  const judge =
    (what: Judged['what']) =>
    ({ context, event }: Seen<object>): Changed =>
      term(context, {
        judgements: [...(lastTerm(of(context))?.judgements ?? []), { what, facts: said(event).facts, ...done(event) }],
      })
  const tell =
    (late: boolean) =>
    ({ context, event }: Seen<object>): Changed =>
      term(context, { notified: { letter: said(event).letter, late, ...done(event) } })
  const go =
    (why: 'left' | 'dismissed') =>
    ({ context, event }: Seen<object>): Changed => {
      const { leftOn: day } = said(event)
      return { ...term(context, { leftOn: day, why }), [holder]: null, [leftOn]: day }
    }

  const turnAway = ({ context, event }: Seen<object>): Changed => {
    const { candidate, refused } = of(context)
    const turned = { person: candidate?.person ?? '', reason: said(event).reason, ...done(event) }
    return change(context, { candidate: null, recommended: null, refused: [...refused, turned] })
  }

  const guards = joined(name, {
    hasLeft: ({ event }: Seen<object>) => said(event).leftOn <= latestDay(event.at),
    hasCandidate: ({ context }: Seen<object>) => of(context).candidate !== null,
    // One judgement of a kind for a term: what is said twice is no graver.
    notCommended: ({ context }: Seen<object>) => !judged(of(context), 'commended'),
    notCriticised: ({ context }: Seen<object>) => !judged(of(context), 'criticised'),
  })
  const updates = joined(name, {
    volunteer: ({ context, event }: Seen<object>): Changed => {
      const { statement } = said(event)
      const { by: person = '', at } = event
      return change(context, { candidate: { person, statement, at }, recommended: null })
    },
    recommend: ({ context, event }: Seen<object>): Changed =>
      change(context, { recommended: { opinion: said(event).opinion, ...done(event) } }),
    turnAway,
    // The unit had proposed somebody; for the next candidate only the time to fill the office counts.
    refuse: (seen: Seen<object>): Changed => ({ ...turnAway(seen), [leftOn]: null }),
    appoint: ({ context, event }: Seen<object>): Changed => {
      const { candidate, terms } = of(context)
      const person = candidate?.person ?? ''
      const began: Term = {
        person,
        appointed: done(event),
        leftOn: null,
        why: null,
        notified: null,
        judgements: [],
      }
      return {
        ...change(context, { candidate: null, recommended: null, terms: [...terms, began] }),
        [holder]: person,
        [leftOn]: null,
      }
    },
    leave: go('left'),
    notify: tell(false),
    notifyLate: tell(true),
    commend: judge('commended'),
    criticise: judge('criticised'),
    propose: ({ context, event }: Seen<object>): Changed =>
      change(context, {
        proposal: { facts: said(event).facts, ...done(event) },
      }),
    dismiss: go('dismissed'),
    keep: ({ context }: Seen<object>): Changed => change(context, { proposal: null }),
  })

  return { guards, updates }
}

/** The day that it is at an instant where the day is furthest on (UTC+14): what is later has come nowhere. */
function latestDay(at: string): string {
  return new Date(Date.parse(at) + 14 * 3_600_000).toISOString().slice(0, 10)
}

function judged(post: Post, what: Judged['what']): boolean {
  return (lastTerm(post)?.judgements ?? []).some((one) => one.what === what)
}

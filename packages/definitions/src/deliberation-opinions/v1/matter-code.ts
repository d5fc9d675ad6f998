import type { KindCode } from '@duban/engine'
import { opinions, type Author } from './commands.ts'
import { countVotes, satisfactionOf, type MatterContext } from './matter-context.ts'

// Handed back so many times, the chair decides.
const HAND_BACKS = 2

/** The guards and updates of a matter. */
export function matterCode({ on }: Author): KindCode<MatterContext> {
  return {
    guards: {
      ...opinions.guards,
      firstCard: ({ context, event }) => context.cards.every(({ by }) => by !== event.by),
      firstVote: ({ context, event }) => context.votes.every(({ by }) => by !== event.by),
      firstRating: ({ context, event }) => context.ratings.every(({ by }) => by !== event.by),
      byVote: ({ context }) => context.way === 'vote',
      byChairs: ({ context }) => context.way === 'chairs',
      voted: ({ context }) => context.votes.length > 0,
      carried: ({ context }) => countVotes(context).result === 'carried',
      chairsAdopt: on('chairs.decide', ({ payload }) => payload.adopted === 'yes'),
      responsibleAdopts: on('responsible.decide', ({ payload }) => payload.adopted === 'yes'),
      content: ({ context }) => context.ratings.length > 0 && satisfactionOf(context) !== 'not',
      mayHandBack: ({ context }) => context.ratings.length > 0 && context.outcomes.length < HAND_BACKS,
      rated: ({ context }) => context.ratings.length > 0,
      handsBack: on('matter.decide', ({ payload }) => payload.decision === 'again'),
    },
    updates: {
      ...opinions.updates,
      recordCard: on('card.fill', ({ context, payload, by, at }) => ({
        cards: [...context.cards, { ...payload, by, at }],
      })),
      recordSession: on('session.record', ({ payload, by, at }) => ({
        session: { ...payload, by, at },
      })),
      recordVote: on('vote.cast', ({ context, payload, by, at }) => ({
        votes: [...context.votes, { ...payload, by, at }],
      })),
      recordCount: on('vote.count', ({ context, payload, by, at }) => {
        const { result, reasons } = countVotes(context)
        const adopted = result === 'carried' ? ('yes' as const) : ('no' as const)
        const opinion = [...reasons.map(({ zh }) => zh), payload.record].filter(Boolean).join('；')
        return { adoptions: [...context.adoptions, { adopted, opinion, by, at }], votes: [] }
      }),
      recordChairs: on('chairs.decide', ({ context, payload, by, at }) => ({
        adoptions: [...context.adoptions, { ...payload, by, at }],
      })),
      recordResponsible: on('responsible.decide', ({ context, payload, by, at }) => ({
        adoptions: [...context.adoptions, { ...payload, by, at }],
      })),
      noteLate: () => ({ formedLate: true }),
      recordReply: on('reply.submit', ({ context, payload, by, at }) => ({
        replies: [...context.replies, { ...payload, by, at }],
        answers: context.answers + 1,
      })),
      recordReturn: on('reply.return', ({ context, payload, by, at }) => ({
        returns: [...context.returns, { ...payload, by, at }],
      })),
      recordHearing: on('hearing.record', ({ context, payload, by, at }) => ({
        hearings: [...context.hearings, { ...payload, by, at }],
      })),
      recordRating: on('satisfaction.vote', ({ context, payload, by, at }) => ({
        ratings: [...context.ratings, { ...payload, by, at }],
      })),
      endRating: ({ context }) => {
        const outcome = satisfactionOf(context)
        const first = context.outcomes.length === 0 ? outcome : context.first
        return { outcomes: [...context.outcomes, outcome], first, last: outcome, ratings: [] }
      },
      recordDecision: on('matter.decide', ({ context, payload, by, at }) => ({
        decisions: [...context.decisions, { ...payload, by, at }],
      })),
    },
  }
}

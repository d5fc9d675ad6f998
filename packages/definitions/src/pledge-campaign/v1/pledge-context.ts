import { done, type Changed, type Done, type Seen } from '@duban/kit'
import type { Assessment, Progress, Stars } from './payloads.ts'

export type PledgeContext = {
  /** The member; null for the pledge of the branch. */
  owner: string | null
  /** Whose it is, for the board of stars. */
  of: string
  /** The last word on each item. */
  progress: { [item: string]: { percent: number; note: string } & Done }
  talk: ({ summary: string } & Done) | null
  waived: ({ reason: string } & Done) | null
  peers: (Assessment & Done)[]
  masses: (Assessment & Done)[]
  rating: (Stars & Done) | null
  stars: number | null
}

const its = (context: object): PledgeContext => context as PledgeContext

const first =
  (of: 'peers' | 'masses') =>
  ({ context, event }: Seen<object>): boolean =>
    event.by !== its(context).owner && its(context)[of].every(({ by }) => by !== event.by)
const assess =
  (of: 'peers' | 'masses') =>
  ({ context, event }: Seen<object>): Changed => ({
    [of]: [...its(context)[of], { ...(event.payload as Assessment), ...done(event) }],
  })
const record =
  (key: 'talk' | 'waived') =>
  ({ event }: Seen<object>): Changed => ({
    [key]: { ...(event.payload as object), ...done(event) },
  })

export const pledgeGuards = {
  /** Progress is on something that was pledged. An item's number counts from 1. */
  knownItem: ({ context, event }: Seen<object>): boolean => {
    const { item } = event.payload as Progress
    return typeof item === 'string' || item <= pledgedItems(context)
  },
  firstOfPeer: first('peers'),
  firstOfMasses: first('masses'),
  bothAssessed: ({ context }: Seen<object>): boolean => its(context).peers.length > 0 && its(context).masses.length > 0,
}
export const pledgeUpdates = {
  recordProgress: ({ context, event }: Seen<object>): Changed => {
    const { item, percent, note } = event.payload as Progress
    return {
      progress: { ...its(context).progress, [item]: { percent, note, ...done(event) } },
    }
  },
  recordTalk: record('talk'),
  recordWaiver: record('waived'),
  recordPeer: assess('peers'),
  recordMasses: assess('masses'),
  recordStars: ({ event }: Seen<object>): Changed => {
    const rating = { ...(event.payload as Stars), ...done(event) }
    return { rating, stars: rating.stars }
  },
}

/** Items of a member's pledge; none when it was ended by decision without having been published. */
function pledgedItems(context: object): number {
  const { memberPledge } = context as { memberPledge?: { published: { items: unknown[] } | null } }
  return memberPledge?.published?.items.length ?? 0
}

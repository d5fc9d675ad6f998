import type { Text } from '@duban/engine'
import type { Share } from './share.ts'

/** A choice on the paper. `worth`, 0 to 100, makes a rating of it (优秀 100, 合格 80 …). */
export type Choice = { title: Text; worth?: number }

export type BallotOptions<Option extends string = string> = {
  options: Readonly<Record<Option, Choice>>
  /** What must be reached for the ballot to count; default: more than half of those eligible are present. */
  quorum?: { of: 'eligible' | 'present'; share: Share }
  /** Only where there is something to carry. Abstentions (弃权) are valid and for neither side. */
  motion?: {
    carry: NoInfer<Option>
    against: NoInfer<Option>
    /** `simple`: more for than against; or a share of `of`. Default `moreThanHalf`. */
    majority?: 'simple' | Share
    /** What the share is counted of: valid papers (the default), those present, or all who are eligible. */
    of?: 'valid' | 'present' | 'eligible'
  }
  /** 满意率, 合格率: what these options must reach together, in place of a motion. */
  threshold?: {
    options: readonly NoInfer<Option>[]
    share: Share
    /** What the share is counted of: valid papers (the default), those present, or all who are eligible. */
    of?: 'valid' | 'present' | 'eligible'
  }
}

/** The count of a ballot: of a secret one, as the tellers (监票人) write it down on the spot. */
export type Count<Option extends string = string> = {
  /** 应到 */
  eligible: number
  /** 实到 */
  present: number
  /** 发出, 收回, 有效, 无效 */
  issued: number
  returned: number
  valid: number
  invalid: number
  votes: Record<Option, number>
}

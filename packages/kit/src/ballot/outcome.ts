import type { Text } from '@duban/engine'
import type { BallotOptions, Count } from './options.ts'
import { hundredths, share as part } from '../scoresheet/points.ts'
import { reaches, shareText } from './share.ts'

export type Outcome<Option extends string = string> = {
  /** `carried`: the motion, or the threshold was reached; `counted`: there was neither, it is a rating. */
  result: 'noQuorum' | 'carried' | 'lost' | 'counted'
  /** What it was decided on, in words. */
  reasons: Text[]
  /** The options with most votes: several when they are equal, none without votes. */
  first: Option[]
  /** The mean worth of the votes for options that have one, 0 to 100; null without such, or without a quorum. */
  rating: number | null
}

export function decide<Option extends string>(
  names: Option[],
  options: BallotOptions<Option>,
  count: Count<Option>,
): Outcome<Option> {
  const { of, share } = options.quorum ?? { of: 'eligible', share: 'moreThanHalf' }
  const [n, whole] = of === 'eligible' ? [count.present, count.eligible] : [count.returned, count.present]
  const quorate = reaches(n, whole, share)
  const needed = shareText(share)
  const reasons: Text[] = [
    of === 'eligible'
      ? {
          zh: `应到${whole}，实到${n}，${quorate ? '达到' : '未达到'}${needed.zh}`,
          en: `${n} of ${whole} present; ${needed.en} needed`,
        }
      : {
          zh: `实到${whole}，收回${n}，${quorate ? '达到' : '未达到'}${needed.zh}`,
          en: `${n} of ${whole} present voted; ${needed.en} needed`,
        },
  ]
  const most = Math.max(...names.map((name) => count.votes[name]))
  const first = most > 0 ? names.filter((name) => count.votes[name] === most) : []
  if (!quorate) return { result: 'noQuorum', reasons, first, rating: null }
  const rating = rate(names, options, count)
  const { motion, threshold } = options
  const decided = motion ? carry(motion, count) : threshold && reach(options, threshold, count)
  if (!decided) return { result: 'counted', reasons, first, rating }
  const result = decided.carried ? 'carried' : 'lost'
  return { result, reasons: [...reasons, decided.reason], first, rating }
}

const bases = { valid: '有效票', present: '实到', eligible: '应到' }

function carry<Option extends string>(
  motion: NonNullable<BallotOptions<Option>['motion']>,
  count: Count<Option>,
): { carried: boolean; reason: Text } {
  const { majority = 'moreThanHalf', of = 'valid' } = motion
  const [ayes, noes] = [count.votes[motion.carry], count.votes[motion.against]]
  if (majority === 'simple') {
    return {
      carried: ayes > noes,
      reason: { zh: `赞成${ayes}，反对${noes}`, en: `${ayes} for, ${noes} against` },
    }
  }
  const base = bases[of]
  const needed = shareText(majority)
  return {
    carried: reaches(ayes, count[of], majority),
    reason: {
      zh: `赞成${ayes}，须达到${base}${count[of]}的${needed.zh}`,
      en: `${ayes} for; ${needed.en} of ${count[of]} ${of} needed`,
    },
  }
}

/** 满意率: several options together. */
function reach<Option extends string>(
  { options }: BallotOptions<Option>,
  { options: counting, share, of = 'valid' }: NonNullable<BallotOptions<Option>['threshold']>,
  count: Count<Option>,
): { carried: boolean; reason: Text } {
  const n = counting.reduce((sum, name) => sum + count.votes[name], 0)
  const needed = shareText(share)
  const [zh, en] = [
    counting.map((name) => options[name].title.zh).join('、'),
    counting.map((name) => options[name].title.en).join(', '),
  ]
  return {
    carried: reaches(n, count[of], share),
    reason: {
      zh: `${zh}共${n}，须达到${bases[of]}${count[of]}的${needed.zh}`,
      en: `${n} for ${en}; ${needed.en} of ${count[of]} ${of} needed`,
    },
  }
}

function rate<Option extends string>(
  names: Option[],
  { options }: BallotOptions<Option>,
  { votes }: Count<Option>,
): number | null {
  const rated = names.flatMap((name) => {
    const { worth } = options[name]
    return worth === undefined ? [] : [{ worth: hundredths(worth), n: votes[name] }]
  })
  const voters = rated.reduce((sum, { n }) => sum + n, 0)
  const worth = rated.reduce((sum, one) => sum + one.worth * one.n, 0)
  return voters === 0 ? null : part(worth, 1, voters)
}

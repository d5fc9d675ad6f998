import fc from 'fast-check'
import t from 'tap'
import { ballot, type Count } from '../src/ballot/index.ts'

const title = { zh: '选项', en: 'Option' }
const rating = ballot({
  options: {
    excellent: { title, worth: 100 },
    good: { title, worth: 80 },
    poor: { title, worth: 0 },
    unsure: { title },
  },
  quorum: { of: 'eligible', share: 'twoThirds' },
})
const yesNo = { yes: { title }, no: { title }, abstain: { title } }
const votes = { excellent: 10, good: 6, poor: 2, unsure: 1 }
const counted = {
  eligible: 30,
  present: 22,
  issued: 22,
  returned: 21,
  valid: 19,
  invalid: 2,
  votes,
}

void t.test('a count on the spot adds up, or is refused and says where', async (t) => {
  t.ok(rating.count.safeParse(counted).success)
  const wrong: { [path: string]: object } = {
    present: { ...counted, eligible: 21 },
    issued: { ...counted, present: 21 },
    returned: { ...counted, issued: 20 },
    valid: { ...counted, invalid: 1 },
    votes: { ...counted, votes: { ...votes, poor: 3 } },
  }
  for (const [path, count] of Object.entries(wrong)) {
    const { error } = rating.count.safeParse(count)
    t.strictSame(
      error?.issues.map((issue) => issue.path.join('/')),
      [path],
    )
  }
  t.notOk(rating.count.safeParse({ ...counted, votes: { excellent: 19 } }).success)
})

void t.test('without a quorum nothing is rated, and it says so', async (t) => {
  const few = { ...counted, eligible: 34 }
  t.match(rating.outcome(few), {
    result: 'noQuorum',
    rating: null,
    reasons: [{ zh: '应到34，实到22，未达到三分之二以上' }],
  })
  t.match(rating.outcome({ ...counted, eligible: 33 }), { result: 'counted' }, '22 of 33 are enough')
  const nobody = { eligible: 0, present: 0, issued: 0, returned: 0, valid: 0, invalid: 0 }
  const none = { ...nobody, votes: { excellent: 0, good: 0, poor: 0, unsure: 0 } }
  t.ok(rating.count.safeParse(none).success)
  t.match(rating.outcome(none), { result: 'noQuorum', first: [] })
})

void t.test('a rating is the mean worth of those who judged', async (t) => {
  // (10 × 100 + 6 × 80) ÷ 18 = 82.222…
  t.match(rating.outcome(counted), { rating: 82.22, first: ['excellent'] })
})

void t.test('a quorum may be of the papers returned', async (t) => {
  const paper = ballot({ options: yesNo, quorum: { of: 'present', share: { percent: 80 } } })
  const count = { eligible: 100, present: 10, issued: 10, returned: 8, valid: 8, invalid: 0 }
  t.match(paper.outcome({ ...count, votes: { yes: 8, no: 0, abstain: 0 } }), { result: 'counted' })
  t.match(paper.outcome({ ...count, returned: 7, valid: 7, votes: { yes: 7, no: 0, abstain: 0 } }), {
    result: 'noQuorum',
    reasons: [{ zh: '实到10，收回7，未达到百分之80以上' }],
  })
})

const vote = (yes: number, no: number, abstain: number, invalid = 0, absent = 0) => {
  const valid = yes + no + abstain
  const present = valid + invalid
  return {
    eligible: present + absent,
    present,
    issued: present,
    returned: present,
    valid,
    invalid,
    votes: { yes, no, abstain },
  }
}
const motion = { carry: 'yes', against: 'no' } as const

void t.test('half is no majority, and abstentions and invalid papers count as the plan says', async (t) => {
  const valid = ballot({ options: yesNo, motion })
  t.equal(valid.outcome(vote(5, 5, 0)).result, 'lost')
  t.equal(valid.outcome(vote(6, 4, 0, 3)).result, 'carried', 'of the valid papers')
  t.equal(valid.outcome(vote(5, 2, 3)).result, 'lost', 'an abstention is a valid paper')
  const simple = ballot({ options: yesNo, motion: { ...motion, majority: 'simple' } })
  t.equal(simple.outcome(vote(5, 2, 3)).result, 'carried')
  const all = ballot({ options: yesNo, motion: { ...motion, of: 'eligible' } })
  t.equal(all.outcome(vote(6, 0, 0, 0, 5)).result, 'carried')
  t.equal(all.outcome(vote(6, 0, 0, 0, 6)).result, 'noQuorum')
  t.equal(all.outcome(vote(6, 0, 0, 1, 5)).result, 'lost', 'six of twelve')
  const two = ballot({
    options: yesNo,
    motion: { ...motion, majority: 'twoThirds', of: 'present' },
  })
  t.equal(two.outcome(vote(6, 2, 0, 1)).result, 'carried', 'six of nine present')
  t.equal(two.outcome(vote(6, 2, 0, 2)).result, 'lost')
})

void t.test('votes cast openly are counted once each', async () => {
  const paper = ballot({ options: yesNo, motion })
  const cast = fc.array(fc.constantFrom<'yes' | 'no' | 'abstain'>('yes', 'no', 'abstain'))
  fc.assert(
    fc.property(cast, fc.nat(50), (choices, absent) => {
      const count: Count = paper.tally(choices, choices.length + absent)
      return (
        paper.count.safeParse(count).success && count.votes['yes'] === choices.filter((one) => one === 'yes').length
      )
    }),
  )
})

void t.test('one more for it never loses what was carried', async () => {
  const n = fc.nat(60)
  const shares = fc.constantFrom('simple' as const, 'moreThanHalf' as const, 'twoThirds' as const)
  const bases = fc.constantFrom('valid' as const, 'present' as const, 'eligible' as const)
  fc.assert(
    fc.property(n, n, n, n, n, shares, bases, (yes, no, abstain, bad, absent, majority, of) => {
      const paper = ballot({ options: yesNo, motion: { ...motion, majority, of } })
      const before = paper.outcome(vote(yes, no, abstain, bad, absent)).result
      const after = paper.outcome(vote(yes + 1, no, abstain, bad, absent)).result
      return before !== 'carried' || after === 'carried'
    }),
    { numRuns: 500 },
  )
})

void t.test('a paper that makes no sense is refused at load', async (t) => {
  t.throws(() => ballot({ options: { yes: { title } } }), RangeError)
  t.throws(() => ballot({ options: { a: { title, worth: 101 }, b: { title } } }), RangeError)
  t.throws(() => ballot({ options: yesNo, motion: { carry: 'no', against: 'no' } }), RangeError)
})

// What pieces of the kit fill in for authors: always a valid form, and one that its piece lets through.
import fc from 'fast-check'
import t from 'tap'
import { z } from 'zod'
import type { Form } from '../src/sampleForms.ts'
import { ballot } from '../src/ballot/index.ts'
import { peerReview } from '../src/peerReview/index.ts'
import { satisfaction } from '../src/satisfaction/index.ts'
import { scoresheet, type Filled } from '../src/scoresheet/index.ts'
import { voting } from '../src/voting/index.ts'

const title = { zh: '项', en: 'Item' }
const units = ['north', 'south', 'east'].map((id) => ({ id, title, path: [id] }))
const form: Omit<Form, 'pick'> = {
  context: {},
  unit: 'north',
  facts: {
    id: 'c',
    definition: 'd@1',
    title: '活动',
    startsOn: '2026-04-01',
    timezone: 'Asia/Shanghai',
    calendar: 'CN-2026',
    organiser: { unit: 'north', path: ['north'] },
    units,
    dates: {},
  },
  by: 'chen',
  at: '2026-04-01T01:00:00.000Z',
  payload: {},
}

/** As a simulation would pick. */
const forms = fc.infiniteStream(fc.nat(1000)).map((numbers): Form => {
  const pick = <T>(from: readonly T[]): T => {
    const { value } = numbers.next()
    return from[value % from.length] as T
  }
  return { ...form, pick }
})
const firstChoices: Form = { ...form, pick: (from) => from[0] as (typeof from)[number] }

const options = { yes: { title }, no: { title }, abstain: { title } }
const papers = [
  ballot({ options }),
  ballot({ options, motion: { carry: 'no', against: 'yes', majority: 'twoThirds' } }),
  ballot({ options, threshold: { options: ['yes', 'no'], share: { percent: 80 } } }),
  ballot({
    options: { ...options, yes: { title, worth: 100 } },
    quorum: { of: 'present', share: 'half' },
  }),
]

void t.test('a count adds up; at first there is a quorum, and it carries', async (t) => {
  for (const paper of papers) {
    fc.assert(
      fc.property(forms, (seen) => paper.count.safeParse(paper.sampleForm(seen)).success),
      { numRuns: 200 },
    )
    const { result } = paper.outcome(paper.sampleForm(firstChoices))
    t.ok(['carried', 'counted'].includes(result), result)
  }
})

void t.test('all outcomes of a ballot come about', async (t) => {
  const found = fc.sample(forms, 300).map((seen) => papers[2]?.outcome(papers[2].sampleForm(seen)))
  const results = new Set(found.map((one) => one?.result))
  t.strictSame(results, new Set(['noQuorum', 'lost', 'carried']))
})

const sheet = scoresheet({
  total: 12.5,
  groups: {
    work: { title, most: 12.5, items: { plan: { title, most: 10 }, law: { title, most: 2.5 } } },
  },
  bonus: { most: 2, items: { praise: { title, most: 2 } } },
  penalty: { most: 2, items: { complaint: { title, most: 2 } } },
})
const Self = z.strictObject(sheet.selfShape)
const Verified = z.strictObject(sheet.shape)

void t.test('a sheet is within its maxima, and whoever scores lower says why', async (t) => {
  fc.assert(
    fc.property(forms, fc.boolean(), fc.boolean(), (seen, handedIn, praised) => {
      const filled = sheet.sampleForm(seen)
      const bonus = { praise: { points: 1, reason: '获表彰。' } }
      const self: Filled | null = handedIn ? { ...filled, ...(praised && { bonus }) } : null
      const verified = sheet.verifiedSampleForm(seen, self)
      return (
        Self.safeParse(filled).success &&
        Verified.safeParse(verified).success &&
        (self === null || sheet.unexplained(self, verified).length === 0) &&
        (self === null || sheet.add(verified).points <= sheet.add(self).points)
      )
    }),
  )
  t.equal(sheet.add(sheet.sampleForm(firstChoices)).total, 12.5, 'full marks first')
})

void t.test('a list of peers is whole, without oneself and those excluded', async () => {
  const peers = peerReview({ most: 10 })
  fc.assert(
    fc.property(forms, fc.subarray(['south', 'east']), (seen, excluded) => {
      const ratings = peers.sampleForm(seen, excluded)
      return peers.ratings.safeParse(ratings).success && peers.isWhole(ratings, { self: 'north', units: 3, excluded })
    }),
  )
})

void t.test('ratings, decisions and votes are what their commands take', async () => {
  const reply = satisfaction('reply', {
    title,
    answer: ['handler'],
    rate: ['deputy'],
    decide: ['lead'],
    due: 'replied',
  })
  const vote = voting('vote', {
    chair: ['lead'],
    voters: ['member'],
    options,
    motion: { carry: 'yes', against: 'no' },
  })
  const said: { [command: string]: object } = { 'reply.decide': { reason: '如实说明。' } }
  for (const { sampleForms, commands } of [reply, vote] as const) {
    for (const [command, fill] of Object.entries(sampleForms)) {
      const { payload } = (commands as { [name: string]: { payload: z.ZodType } })[command] ?? {}
      const { [command]: plain = {} } = said
      fc.assert(
        fc.property(forms, (seen) => {
          const filled = fill({ ...seen, payload: plain as Form['payload'] })
          return payload?.safeParse(filled).success ?? false
        }),
      )
    }
  }
})

import t from 'tap'
import { z } from 'zod'
import { strangers, unitId } from '../src/participants.ts'
import type { CampaignFacts } from '../src/instance.ts'

const campaign = {
  units: [{ id: 'office', title: { zh: '办公室', en: 'Office' }, path: ['bureau', 'office'] }],
} as unknown as CampaignFacts

void t.test('a unit that takes no part is found wherever a payload names it', (t) => {
  const schema = z.strictObject({
    drawn: z.array(unitId()),
    one: unitId().optional(),
    either: z.union([unitId(), z.number()]).optional(),
    notes: z.record(z.string(), z.strictObject({ unit: unitId() })).optional(),
    free: z.string().optional(),
  })
  t.same(strangers(schema, { drawn: ['office'], free: 'elsewhere' }, campaign), [])
  t.same(strangers(schema, { drawn: ['office', 'ofice'] }, campaign), [
    { path: '/drawn/1', unit: 'ofice' },
  ])
  t.same(
    strangers(schema, { drawn: [], one: 'x', either: 'y', notes: { a: { unit: 'z' } } }, campaign),
    [
      { path: '/one', unit: 'x' },
      { path: '/either', unit: 'y' },
      { path: '/notes/a/unit', unit: 'z' },
    ],
  )
  t.same(strangers(schema, { drawn: [], either: 3 }, campaign), [])
  t.end()
})

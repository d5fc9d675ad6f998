import t from 'tap'
import { z } from 'zod'
import { payloadSchema } from '../src/definition/document.ts'
import { personId, rolesNamed, unknownUnits, unitId, withChoices } from '../src/definition/participants.ts'
import type { CampaignFacts } from '../src/campaign/instance.ts'

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
  t.same(unknownUnits(schema, { drawn: ['office'], free: 'elsewhere' }, campaign), [])
  t.same(unknownUnits(schema, { drawn: ['office', 'ofice'] }, campaign), [{ path: '/drawn/1', unit: 'ofice' }])
  t.same(unknownUnits(schema, { drawn: [], one: 'x', either: 'y', notes: { a: { unit: 'z' } } }, campaign), [
    { path: '/one', unit: 'x' },
    { path: '/either', unit: 'y' },
    { path: '/notes/a/unit', unit: 'z' },
  ])
  t.same(unknownUnits(schema, { drawn: [], either: 3 }, campaign), [])
  t.end()
})

void t.test('a form offers those who hold the role that is asked for, or everybody', (t) => {
  const schema = z.strictObject({
    head: personId(),
    experts: z.array(personId('expert')).min(2),
    clerk: personId('clerk'),
  })
  const choices = {
    unit: [],
    person: ['ding', 'wang', 'xu'],
    holders: { expert: ['ding', 'xu'], clerk: [] },
  }
  t.match(withChoices(payloadSchema(schema), choices), {
    properties: {
      head: { enum: ['ding', 'wang', 'xu'] },
      experts: { items: { participant: 'person', holds: 'expert', enum: ['ding', 'xu'] } },
      clerk: { holds: 'clerk', enum: undefined },
    },
  })
  t.same(rolesNamed(schema), ['expert', 'clerk'])
  t.end()
})

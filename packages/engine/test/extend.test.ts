import t from 'tap'
import { z } from 'zod'
import { dateFor, defineCampaign } from '../src/index.ts'
import { codeOf, on, planned, stage, waits } from './stage.ts'

const title = { zh: '某', en: 'Some' }
const meta = { title }

// The collation is due two days after the reports, the summary five working days after the collation.
const chain = defineCampaign({
  id: 'chain',
  version: 1,
  title,
  roles: { office: { title, scope: 'campaign' } },
  dates: {
    reports: { title, due: '04-18' },
    collated: { title, due: 'reports + 2 days', notBefore: 'reports' },
    summed: { title, due: 'collated + 5 workdays' },
    ends: { title, due: '06-30', notBefore: 'summed' },
  },
  commands: { 'it.end': { title, by: ['office'], until: 'reports', payload: z.strictObject({}) } },
  machines: ({ machine }) => ({
    campaign: machine().createMachine({
      meta,
      initial: 'collating',
      states: {
        collating: { meta, on: { 'it.end': 'over' }, after: { collated: 'summing', ends: 'over' } },
        summing: { meta, after: { summed: 'over' } },
        over: { meta, type: 'final' },
      },
    }),
  }),
})
const extend = (dates: { [date: string]: string }) => ({ dates, reason: '汛情' })

void t.test('what counts from an extended date goes with it', async (t) => {
  const { facts } = planned(chain)
  const { root, act, must } = stage(chain, facts)
  t.equal(facts.dates['summed']?.on, '2026-04-27', 'five working days after Monday the 20th')
  const { instance } = root()
  const later = must(act(instance, 'campaign.extend', extend({ reports: '2026-04-25' }), on('04-10 09:00')))
  t.strictSame(waits(later.instance), { collated: '04-28 00:00', ends: '07-01 00:00' })
  const day = (date: string) => dateFor(facts, later.instance.state.adjustments, date)?.on
  t.equal(day('collated'), '2026-04-27')
  t.equal(day('summed'), '2026-05-07', 'Labour Day takes five days')
  t.equal(day('ends'), '2026-06-30', 'what does not count from it stays')
})

void t.test('an extension never brings forward what was given longer', async (t) => {
  const { facts } = planned(chain)
  const { root, act, must } = stage(chain, facts)
  const given = must(act(root().instance, 'campaign.extend', extend({ collated: '2026-05-20' }), on('04-10 09:00')))
  const more = must(act(given.instance, 'campaign.extend', extend({ reports: '2026-04-25' }), on('04-10 10:00')))
  t.equal(waits(more.instance)['collated'], '05-21 00:00')
})

void t.test('a day that a superior authority published stays where it is', async (t) => {
  const overrides = { collated: { on: '2026-04-22', reason: '市局通知' } }
  const { facts } = planned(chain, { overrides })
  const { root, act, must } = stage(chain, facts)
  const later = must(act(root().instance, 'campaign.extend', extend({ reports: '2026-04-21' }), on('04-10 09:00')))
  t.equal(waits(later.instance)['collated'], '04-23 00:00')
})

void t.test('what follows may not run past a date that must come after it', async (t) => {
  const { facts } = planned(chain)
  const { root, act } = stage(chain, facts)
  const far = act(root().instance, 'campaign.extend', extend({ reports: '2026-06-28' }), on('04-10 09:00'))
  t.equal(codeOf(far), 'bad_extension')
})

// What a script does that knows only the API where the plainest form leads nowhere, and where several must act.
import { blindly, playBlindly, type FillForm, type Played } from '@duban/examples/blindly.ts'
import { factsOf, withSampleForms } from '@duban/examples/withSampleForms.ts'
import { defineCampaign } from '@duban/engine'
import t, { type Test } from 'tap'
import { z } from 'zod'
import { ballotRounds } from '@duban/kit'
import { bureauServer } from './harness.ts'

const title = { zh: '民主测评', en: 'Ballot' }
const poll = ballotRounds('poll', {
  title,
  by: ['office'],
  due: 'polled',
  options: { good: { title: { zh: '好', en: 'Good' } }, poor: { title: { zh: '差', en: 'Poor' } } },
  threshold: { options: ['good'], share: 'moreThanHalf' },
})

/** Two enrol, then a ballot is held: without a quorum there is no way on. */
const assembly = defineCampaign({
  id: 'assembly',
  version: 1,
  title: { zh: '测评大会', en: 'Assembly' },
  roles: {
    office: { title: { zh: '办公室', en: 'Office' }, scope: 'campaign' },
    teller: { title: { zh: '监票人', en: 'Teller' }, scope: 'campaign' },
  },
  dates: { polled: { title, due: 'entry + 5 days' }, ...poll.dates },
  commands: {
    'teller.enrol': {
      title: { zh: '报名监票', en: 'Enrol' },
      by: ['teller'],
      payload: z.strictObject({}),
    },
    'mending.report': {
      title: { zh: '报告再整改', en: 'Report' },
      by: ['office'],
      payload: z.strictObject({}),
    },
    'teller.return': {
      title: { zh: '退回', en: 'Return' },
      by: ['office'],
      payload: z.strictObject({}),
    },
    ...poll.commands,
  },
  machines: ({ machine, on }) => ({
    campaign: machine<{ tellers: string[] } & typeof poll.context>({
      guards: {
        ...poll.guards,
        another: on('teller.enrol', ({ context, by }) => !context.tellers.includes(by)),
        enough: ({ context }) => context.tellers.length > 1,
      },
      updates: {
        ...poll.updates,
        enrol: on('teller.enrol', ({ context, by }) => ({ tellers: [...context.tellers, by] })),
      },
    }).createMachine({
      meta: { title },
      context: { tellers: [], ...poll.context },
      initial: 'enrolling',
      states: {
        enrolling: {
          meta: { title: { zh: '监票人报名', en: 'Enrolling' } },
          on: {
            'teller.enrol': { guard: 'another', actions: 'enrol' },
            'teller.return': 'enrolling',
          },
          always: { guard: 'enough', target: 'poll' },
        },
        ...poll.states({ reached: 'over', below: 'mending', exhausted: 'over' }),
        mending: {
          meta: { title: { zh: '再整改', en: 'Mending' } },
          on: { 'mending.report': 'poll' },
        },
        over: { meta: { title: { zh: '已结束', en: 'Over' } }, type: 'final' },
      },
    }),
  }),
})

async function played(t: Test, filled: boolean, tellers: string[]): Promise<Played> {
  const server = await bureauServer(t, {
    definitions: [assembly],
    startAt: '2026-04-01T01:00:00.000Z',
  })
  const holders = [{ person: 'qian-zhiyuan', role: 'office' }, ...tellers.map((person) => ({ person, role: 'teller' }))]
  const made = await server.call('lin-shuwen', 'POST', '/api/campaigns', {
    definition: 'assembly',
    title: '测评大会',
    startsOn: '2026-04-01',
    units: ['county-office', 'county-finance'],
    assignments: holders,
  })
  t.equal(made.status, 201)
  const get = async <Answer>(path: string): Promise<Answer> => (await server.call('shao-jingyuan', 'GET', path)).json
  const facts = await factsOf({ get }, made.json.id)
  t.strictSame(
    facts.units.map(({ path }) => path.at(-2)),
    ['county', 'county'],
  )
  const fill: FillForm = filled ? withSampleForms(poll.sampleForms, facts, async () => server.clock.now()) : blindly
  return playBlindly(
    {
      ask: async (person, path) => (await server.call(person, 'GET', path)).json,
      act: async (person, { campaign, instance }, command, payload) => {
        const path = `/api/campaigns/${campaign}/instances/${instance}/commands`
        const { status, json } = await server.call(person, 'POST', path, { command, payload })
        await server.scheduler.catchUp()
        return status === 200 ? undefined : json
      },
      advanceTo: server.advanceTo,
    },
    made.json.id,
    holders.map(({ person }) => person),
    'shao-jingyuan',
    { fill, patience: 10 },
  )
}

void t.test('a sampleForm goes through the ballot; each of several persons acts', async (t) => {
  const { done, never } = await played(t, true, ['sun-lihua', 'zhao-wenhui'])
  t.strictSame(done, ['teller.enrol', 'teller.enrol', 'poll.count'])
  t.strictSame(never, ['teller.return'])
})

void t.test('blindly it says that it goes round, and which form never suffices', async (t) => {
  await t.rejects(played(t, false, ['sun-lihua', 'zhao-wenhui']), {
    message: /goes round in circles[^]*poll\.count was done once in this state[^]*a quorum/u,
  })
})

void t.test('where nobody can go on, it says who tried what, and what the guard was', async (t) => {
  await t.rejects(played(t, true, ['sun-lihua']), {
    message:
      /nothing is due\.\n- campaign in 监票人报名 "enrolling": teller\.return is never tried here.*\n.*teller\.enrol .*\(sun-lihua\)\n/u,
  })
})

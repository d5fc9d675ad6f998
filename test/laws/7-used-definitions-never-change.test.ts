import { defineCampaign, type Definition } from '@duban/engine'
import { pino } from 'pino'
import t from 'tap'
import { z } from 'zod'
import { indexDefinitions } from '../../packages/server/src/definitions.ts'
import { startServer } from '../../packages/server/src/server.ts'
import { drillDatabase, serveDrill } from '../drill.ts'

/** A plan that differs from another only in what the test changes. */
function plan(change: { due?: string; by?: 'lead' | 'deputy'; limit?: number } = {}): Definition {
  const { due = '04-18', by = 'lead', limit = 100 } = change
  return defineCampaign({
    id: 'small',
    version: 1,
    title: { zh: '小', en: 'Small' },
    roles: {
      lead: { title: { zh: '组长', en: 'Lead' }, scope: 'campaign' },
      deputy: { title: { zh: '副组长', en: 'Deputy' }, scope: 'campaign' },
    },
    dates: { ends: { title: { zh: '结束', en: 'Ends' }, due } },
    commands: {
      'small.end': {
        title: { zh: '结束', en: 'End' },
        by: [by],
        payload: z.strictObject({ reason: z.string().max(limit) }),
      },
      'small.note': {
        title: { zh: '记', en: 'Note' },
        by: ['lead', 'deputy'],
        payload: z.strictObject({}),
      },
    },
    machines: ({ machine }) => ({
      campaign: machine().createMachine({
        meta: { title: { zh: '小', en: 'Small' } },
        initial: 'open',
        states: {
          open: {
            meta: { title: { zh: '开', en: 'Open' } },
            on: { 'small.end': 'ended', 'small.note': {} },
            after: { ends: 'ended' },
          },
          ended: { meta: { title: { zh: '结', en: 'Ended' } }, type: 'final' },
        },
      }),
    }),
  })
}

void t.test('a server that finds a used definition changed or missing does not start', async (t) => {
  const { url } = await drillDatabase(t)
  const server = await serveDrill(t, url, { definitions: [plan()] })
  const start = async (...definitions: Definition[]): Promise<void> => {
    const started = await startServer({
      port: 0,
      host: '127.0.0.1',
      demo: {},
      jwks: undefined,
      databaseUrl: url,
      log: pino({ level: 'silent' }),
      definitions: indexDefinitions(definitions),
    })
    await started.close()
  }
  await t.resolves(start(plan({ due: '05-01' })), 'as long as no campaign uses it, it may change')

  const { status, text } = await server.call('organiser', 'POST', '/api/campaigns', {
    definition: 'small',
    title: 'x',
    startsOn: '2026-04-01',
    units: ['u1'],
  })
  t.equal(status, 201, text)
  await t.resolves(start(plan()), 'the same definition, made again')
  await t.rejects(start(plan({ due: '05-01' })), /small@1.*\/dates\/ends\/due/u)
  await t.rejects(start(plan({ by: 'deputy' })), /small@1.*\/commands\/small\.end\/by\/0/u)
  await t.rejects(start(plan({ limit: 99 })), /\/commands\/small\.end\/payload\/.*maxLength/u)
  await t.rejects(start(), /small@1: campaigns use it, but this release does not have it/u)
})

import t from 'tap'
import { bench, nobody } from './bench.ts'

const badCursor = { status: 400, code: 'bad_cursor' }

const cursor = (key: unknown) => Buffer.from(JSON.stringify(key)).toString('base64url')

void t.test('cursors that we did not give', async (t) => {
  const { server, campaign, u1, check } = await bench(t)
  const lists = [
    '/api/units',
    '/api/people',
    '/api/campaigns',
    '/api/tasks',
    '/api/notices',
    `${campaign}/instances`,
    `${campaign}/deadlines`,
    `${campaign}/history`,
    `${u1}/history`,
  ]
  for (const list of lists) {
    for (const bad of ['x', cursor(null), cursor([]), cursor({}), cursor([1, 2, 3, 4, 5])]) {
      const what = `${list} ${Buffer.from(bad, 'base64url').toString()}`
      await check(what, badCursor, ['admin', 'GET', `${list}?cursor=${bad}`])
    }
    // Each has the form of some list's cursor, and a value that PostgreSQL would not take.
    for (const bad of [
      ['\u0000'],
      ['\u0000', nobody],
      ['x', 'x'],
      [1e20],
      ['2026-04-01T00:00:00.000Z', '9'.repeat(19)],
      ['2026-04-01T00:00:00.000Z', nobody, '\u0000'],
      ['2026-04-01T00:00:00.000Z', nobody, 1e12, 1],
      ['0000-01-01T00:00:00Z', nobody],
    ]) {
      const { status, json } = await server.call('admin', 'GET', `${list}?cursor=${cursor(bad)}`)
      t.match([status, json.code].join(), /^(200,|400,bad_cursor)$/u, `${list} ${bad.join()}`)
    }
  }
})

import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { pino } from 'pino'
import t, { type Test } from 'tap'
import { testDatabase } from '../packages/server/test/database.ts'
import { startServer } from '../packages/server/src/server.ts'
import { root } from './demo.ts'

// UPDATE_EXPECTED=1 writes what the example prints; commit it only when you understand what changed it.
const update = process.env['UPDATE_EXPECTED'] === '1'

const run = promisify(execFile)

/** A server in demo mode on a port of its own. */
async function demoServer(t: Test): Promise<string> {
  const { url: database } = await testDatabase(t)
  const { url, close } = await startServer({
    port: 0,
    host: '127.0.0.1',
    demo: {},
    jwks: undefined,
    databaseUrl: database,
    log: pino({ level: 'silent' }),
  })
  t.teardown(close)
  return url
}

void t.test('the legal health check of nine sections prints the expected transcript', async (t) => {
  const url = await demoServer(t)
  const expected = `${root}examples/legal-health-check.expected.txt`
  const { stdout, stderr } = await run(process.execPath, ['examples/legal-health-check.ts', url], {
    cwd: root,
  })
  const printed = inFixedOrder(stdout)
  t.equal(stderr, '')
  t.notMatch(printed, /[0-9a-f]{8}-/u, 'no random ids')
  if (update) await writeFile(expected, printed)
  t.equal(printed, await readFile(expected, 'utf8'))
})

/** `pnpm play` with these arguments. */
function play(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  type Failed = { code: number; stdout: string; stderr: string }
  return run(process.execPath, ['examples/play.ts', ...args], { cwd: root }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }: Failed) => ({ code, stdout, stderr }),
  )
}

void t.test('play tells how it went, how it is called, and that no server is there', async (t) => {
  const url = await demoServer(t)
  const played = await play('deputy-group-activities', url)
  t.equal(played.code, 0)
  t.match(played.stdout, /instances: every transition matches\./u)

  t.match(await play('--help'), { code: 0, stdout: /DUBAN_URL/u })
  t.match(await play('nothing-like-it', url), { code: 2, stderr: /deliberation-opinions/u })
  const away = await play('deliberation-opinions', 'http://127.0.0.1:9')
  t.match(away, { code: 1, stderr: /does not answer; is the server running\?\n$/u })
  t.notMatch(away.stderr, /at .*:\d+:\d+/u, 'no stack')
})

/**
 * What befalls several sections in one instant has no order among them: the server takes them by id, and
 * ids are random. Neighbouring lines with the same time and the same 〔…〕 are put in the order of their
 * text; the campaign's own line stays where it is, after those that caused it.
 */
function inFixedOrder(text: string): string {
  const runs: { key: string; lines: string[] }[] = []
  for (const line of text.split('\n')) {
    const [, when, who, what] = /^(\S+ \S+) {2}(\S.*?) {2}(〔.+?〕)/u.exec(line) ?? []
    const key = who === undefined || who === '2026年法律体检' ? '' : `${when} ${what}`
    const last = runs.at(-1)
    if (last && key !== '' && last.key === key) last.lines.push(line)
    else runs.push({ key, lines: [line] })
  }
  return runs.flatMap(({ lines }) => lines.toSorted()).join('\n')
}

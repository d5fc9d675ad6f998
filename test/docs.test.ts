import { legalHealthCheck } from '@duban/definitions'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { root, startDemo } from './demo.ts'
import { blocksOf, openShell } from './shell.ts'

const read = (path: string): Promise<string> => readFile(join(root, path), 'utf8')

t.test('the README runs as it is written, and then the other documents', async (t) => {
  const env = { DATA_DIR: await mkdtemp(join(tmpdir(), 'duban-docs-')), PORT: await freePort() }
  t.teardown(() => rm(env.DATA_DIR, { recursive: true, force: true }))
  let server = await startDemo(t, env)
  const run = openShell(t, env)
  const outputs: string[] = []

  for (const path of ['README.md', 'docs/auditing.md', 'docs/operating.md']) {
    for (const { language, text } of blocksOf(await read(path))) {
      if (language === 'sh') outputs.push(await run(text.replaceAll(':3000', `:${env.PORT}`)))
      // A block of text shows some of what the block above it prints.
      const shown = language === 'text' ? text.trimEnd().split('\n') : []
      const printed = outputs.at(-1) ?? ''
      for (const line of shown) {
        t.ok(printed.split('\n').includes(line), `${path}: ${line}`, { printed })
      }
      const clock = language === 'console' && / start (--clock \S+)/u.exec(text)?.[1]
      if (clock) {
        await server.stop()
        server = await startDemo(t, env, ...clock.split(' '))
      }
    }
  }

  const all = outputs.join('\n')
  if (process.env['DUMP']) console.error(all)
  t.match(all, '总结待批 → 已结束', 'the transcript reaches the end')
  t.match(all, '"ok":true', 'the whole campaign is verified')
  t.match(all, /"unit": "county-finance",\s+"version": 2,\s+"what": "hash"/u, 'the edit is named')
  t.match(all, 'late 已过期限。', 'the date has bound while no server ran')
})

t.test('the pictures show the states that there are', async (t) => {
  const readme = await read('README.md')
  const drawn = [...readme.matchAll(/^ {2}state "(\S+) · [^"]+" as (\w+)$/gmu)]
  t.same(
    drawn.map(([, title, id]) => [id, title]),
    legalHealthCheck.kinds['campaign']?.states
      .filter(({ id }) => id !== '')
      .map(({ id, spec }) => [id, spec.meta?.title.zh]),
  )
})

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return String(port)
}

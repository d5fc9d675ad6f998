import { legalHealthCheck } from '@duban/definitions'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import t from 'tap'
import { root, startDemo } from './demo.ts'
import { blocksOf, openShell } from './shell.ts'

const campaigns = 'packages/definitions/src'
const read = (path: string): Promise<string> => readFile(join(root, path), 'utf8')

void t.test('the README runs as it is written, and then the other documents', async (t) => {
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
  t.match(all, '总结待批 → 已结束', 'the transcript reaches the end')
  t.match(all, '"ok":true', 'the whole campaign is verified')
  t.match(all, /"unit": "county-finance",\s+"version": 2,\s+"what": "hash"/u, 'the edit is named')
  t.match(all, 'late 已过期限。', 'the date has bound while no server ran')
})

void t.test('the pictures show the states that there are', async (t) => {
  const readme = await read('README.md')
  const drawn = [...readme.matchAll(/^ {2}state "(\S+) · [^"]+" as (\w+)$/gmu)]
  t.same(
    drawn.map(([, title, id]) => [id, title]),
    legalHealthCheck.kinds['campaign']?.states
      .filter(({ id }) => id !== '')
      .map(({ id, spec }) => [id, spec.meta?.title.zh]),
  )
})

void t.test('links lead to files, and every decision is listed', async (t) => {
  const folder = await readdir(join(root, 'docs'), { recursive: true })
  const pages = ['README.md', ...folder.filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`)]
  const linked = new Set<string>()
  for (const page of pages) {
    for (const [, link = ''] of (await read(page)).matchAll(/\]\(([^)#:]+)\)/gu)) {
      const path = join(dirname(page), link)
      linked.add(path)
      t.ok(existsSync(join(root, path)), `${page}: ${link}`)
    }
  }
  // The paths of architecture.md name files within a package, or within the campaign that it shows; other pages name
  // them whole.
  const places = ['', 'packages/', 'packages/server/src/', 'packages/engine/src/', `${campaigns}/legal-health-check/`]
  for (const page of pages) {
    // Code names files from where it stands.
    const prose = (await read(page)).replaceAll(/^```ts\n[\s\S]*?^```$/gmu, '')
    for (const [name] of prose.matchAll(/\b[\w./-]+\.(?:ts|sql)\b/gu)) {
      // The authors' guide has the reader make this one.
      if (name.includes('flood-supplies')) continue
      const found = places.some((place) => existsSync(join(root, place, name)))
      t.ok(found || linked.has(join(dirname(page), name)), `${page}: ${name} is a file`)
    }
  }
  for (const page of pages.slice(1)) t.ok(linked.has(page), `${page} is linked from somewhere`)
})

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return String(port)
}

import { legalHealthCheck } from '@duban/definitions'
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import t from 'tap'
import { root, startDemo } from './demo.ts'
import { blocksOf, openShell } from './shell.ts'

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
  const pages = [
    'README.md',
    ...folder.filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`),
  ]
  const linked = new Set<string>()
  for (const page of pages) {
    for (const [, link = ''] of (await read(page)).matchAll(/\]\(([^)#:]+)\)/gu)) {
      const path = join(dirname(page), link)
      linked.add(path)
      t.ok(existsSync(join(root, path)), `${page}: ${link}`)
    }
  }
  // The paths of architecture.md name files within a package; other pages name them whole.
  const places = ['', 'packages/server/src/', 'packages/engine/src/']
  for (const page of pages) {
    for (const [name] of (await read(page)).matchAll(/\b[\w./-]+\.(?:ts|sql)\b/gu)) {
      const found = places.some((place) => existsSync(join(root, place, name)))
      t.ok(found || linked.has(join(dirname(page), name)), `${page}: ${name} is a file`)
    }
  }
  for (const page of pages.slice(1)) t.ok(linked.has(page), `${page} is linked from somewhere`)
})

void t.test('the definition in the authors’ guide type-checks and loads', async (t) => {
  const [code] = blocksOf(await read('docs/authoring.md')).filter(
    ({ language }) => language === 'ts',
  )
  // Inside the workspace, so that imports resolve; `.tap` is ignored by git.
  await mkdir(join(root, 'test/.tap'), { recursive: true })
  const folder = await mkdtemp(join(root, 'test/.tap/docs-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  const options = {
    extends: '../../../tsconfig.base.json',
    compilerOptions: { noEmit: true },
    files: ['safety-check.ts'],
  }
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(options))
  await writeFile(join(folder, 'safety-check.ts'), code?.text ?? '')
  const tsc = promisify(execFile)(join(root, 'node_modules/.bin/tsc'), ['-p', folder])
  t.equal(
    await tsc.then(
      () => '',
      ({ stdout }: { stdout: string }) => stdout,
    ),
    '',
  )
  const { safetyCheck } = await import(join(folder, 'safety-check.ts'))
  t.equal(safetyCheck.name, 'safety-check@1')
})

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return String(port)
}

// Which files a person's command passes through, from HTTP to commit and answer, held against docs/architecture.md.
import { readFile } from 'node:fs/promises'
import { Session } from 'node:inspector/promises'
import { join, matchesGlob } from 'node:path'
import t from 'tap'
import { beginDrill, drillServer } from './drill.ts'

const MOST = 20

/** The files that a block of the page lists, after its mark. */
async function listed(mark: string): Promise<string[]> {
  const page = await readFile(join(import.meta.dirname, '../docs/architecture.md'), 'utf8')
  const [, block = ''] = new RegExp(`<!-- ${mark} -->\\s+\`\`\`\\n([\\s\\S]*?)\`\`\``, 'u').exec(page) ?? []
  return block.split('\n').flatMap((line) => /^(?:\s*\d+\s+)?(?<file>\S+\/\S+)/u.exec(line)?.groups?.['file'] ?? [])
}

void t.test('a command passes the files that the page names, in all not more than twenty', async (t) => {
  const server = await drillServer(t)
  const drill = await beginDrill(server)
  const ask = (unit: string) => drill.ask(`of-${unit}`, unit, 'report.submit', { findings: [{ what: 'x' }] })
  await ask('u1')
  await server.scheduler.catchUp()

  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false })
  t.match(await ask('u2'), { status: 200 })
  const { result } = await session.post('Profiler.takePreciseCoverage')
  session.disconnect()
  // A module's own code is a function without a name; it ran when it was loaded.
  const ran = result.flatMap(({ url, functions }) => {
    const file = /\/packages\/(\w+\/src\/.*)$/u.exec(url)?.[1]
    return file && functions.some(({ functionName, ranges }) => functionName && (ranges[0]?.count ?? 0) > 0)
      ? [file]
      : []
  })

  const [path, beside] = [await listed('path'), await listed('beside')]
  t.ok(path.length > 10 && path.length <= MOST, `${path.length} files`)
  const passed = path.filter((file) => file !== 'server/src/app.ts')
  t.strictSame(
    passed.filter((file) => !ran.includes(file)),
    [],
    'each file of the path ran (app.ts, which puts them together, when the server started)',
  )
  t.strictSame(
    ran.filter((file) => ![...path, ...beside].some((glob) => matchesGlob(file, glob))),
    [],
    'and no file that the page does not name',
  )
})

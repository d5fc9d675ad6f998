import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import t from 'tap'
import { repository } from '../src/folders.ts'
import { duban } from './duban.ts'
import { copyOfRepository } from './repository.ts'

/** Runs a program as a person would, without the loaders that tap puts into its own processes. */
async function run(cwd: string, ...command: string[]): Promise<string> {
  const script = 'unset NODE_OPTIONS; exec "$@"'
  const env = { ...process.env, PATH: `${dirname(process.execPath)}:${process.env['PATH']}` }
  const done = promisify(execFile)('sh', ['-c', script, 'sh', ...command], { cwd, env })
  return done.then(
    ({ stdout }) => stdout,
    ({ message, stdout }: { message: string; stdout: string }) => {
      throw new Error(`${message}\n${stdout}`)
    },
  )
}

const bin = (name: string): string => join(repository, 'node_modules/.bin', name)
const title = ['--title', '全县防汛物资储备情况清查和补充工作', '--title-en', 'Stock-taking of flood supplies']
const made = [
  'packages/definitions/src/flood-supplies/v1.ts',
  'packages/definitions/src/flood-supplies/demo.ts',
  'packages/definitions/src/flood-supplies/index.ts',
  'packages/definitions/test/flood-supplies.test.ts',
]

void t.test('a new definition is whole at once', async (t) => {
  const copy = await copyOfRepository(t)
  const inCopy = (...command: string[]) => run(copy, ...command)
  const author = 'packages/author/src/main.ts'
  const out = await run(repository, 'node', author, 'new', 'flood-supplies', '--into', copy, ...title)
  for (const path of made) t.ok(out.includes(path))
  const readme = await readFile(join(copy, 'packages/definitions/src/flood-supplies/README.md'), 'utf8')
  t.match(readme, /each state by its full path/u, 'its README says what the tests ask of it')
  t.match(readme, '`duban tables flood-supplies` prints them all')
  t.match(out, 'duban tables flood-supplies')

  await t.test('it is in the catalogue', async (t) => {
    const index = await readFile(join(copy, 'packages/definitions/src/index.ts'), 'utf8')
    t.match(index, "import { entry as floodSupplies } from './flood-supplies/index.ts'")
    t.match(index, /catalogue: Entry\[\] = \[[^\]]*\bfloodSupplies\b/u)
  })

  await writeFile(
    join(copy, 'tsconfig.one.json'),
    JSON.stringify({
      extends: './tsconfig.base.json',
      compilerOptions: { noEmit: true },
      files: made,
    }),
  )
  const tests = 'packages/definitions/test'
  await t.resolves(inCopy(bin('tsc'), '-p', 'tsconfig.one.json'), 'it type-checks')
  await t.resolves(inCopy(bin('oxfmt'), '--check', 'packages/definitions'), 'it is formatted')
  await t.resolves(inCopy(bin('oxlint'), '--type-aware', '--deny-warnings', ...made), 'it passes lint')
  await t.resolves(inCopy('node', `${tests}/flood-supplies.test.ts`), 'its test passes')
  // Of the tests for all definitions those for this one.
  const ours = ['env', 'TAP_GREP=flood-supplies', 'node']
  await t.resolves(inCopy(...ours, `${tests}/catalogue.test.ts`), 'so do the catalogue’s')
  await t.resolves(inCopy(...ours, `${tests}/matrix.test.ts`), 'its permissions are on record')
  await t.resolves(inCopy('node', author, 'check', 'flood-supplies'), 'its check passes')
  await t.resolves(inCopy('node', author, 'draw', 'flood-supplies'), 'it draws')

  // In memory; `test/guide.test.ts` has one on a server.
  const played = await inCopy('node', author, 'simulate', 'flood-supplies', '--runs', '5')
  t.match(played, /5 finished\n(?:.*\n)* {2}no law was broken/u, 'it is played to its end')

  await t.test('a mistake in it is named, and hides no other definition', async (t) => {
    const file = join(copy, made[0] ?? '')
    const right = await readFile(file, 'utf8')
    await writeFile(file, right.replace("'every.unit.accepted'", "'every.unit.acepted'"))
    await t.rejects(inCopy('node', author, 'check', 'flood-supplies'), /«acepted»/u)
    await t.resolves(inCopy('node', author, 'check', 'legal-health-check'))
  })
})

void t.test('an id that is taken or is none changes nothing', async (t) => {
  const before = await run(repository, 'git', 'status', '--porcelain')
  const says = async (id: string, why: RegExp) => {
    const { status, out, err } = await duban(['new', id])
    t.match({ status, out }, { status: 2, out: '' }, id)
    t.match(err, why)
  }
  await says('legal-health-check', /“legal-health-check”已经存在/u)
  await says('kit', /已经存在/u)
  await says('demo', /已经存在/u)
  await says('Flood', /不能作编号/u)
  await says('flood_supplies', /不能作编号/u)
  await says('../flood', /不能作编号/u)
  await says('flood--supplies', /不能作编号/u)
  t.match(await duban(['new', 'flood-supplies', '--title', "a'b"]), { status: 2, err: /名称/u })
  t.match(await duban(['new', 'flood-supplies', '--into', tmpdir()]), {
    status: 2,
    err: /不是督办的仓库/u,
  })
  const after = await run(repository, 'git', 'status', '--porcelain')
  t.equal(after, before)
})

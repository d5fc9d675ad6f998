// The arrows of the design (DESIGN §7, docs/architecture.md), read from the sources themselves.
import { parseSync } from 'oxc-parser'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import t from 'tap'

const home = resolve(import.meta.dirname, '..')

type Import = { from: string; what: string; typeOnly: boolean }
type Source = { path: string; text: string; imports: Import[] }

/** All source files of a folder, with what they import. Relative imports are paths from the repository's root. */
function sourcesOf(folder: string): Source[] {
  const root = join(home, folder)
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.includes('node_modules'))
    .map((file) => {
      const path = relative(home, join(root, file)).split(sep).join('/')
      const text = readFileSync(join(root, file), 'utf8')
      return { path, text, imports: importsIn(path, text) }
    })
}

function importsIn(path: string, text: string): Import[] {
  const { module, errors } = parseSync(path, text)
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`)
  const imports = module.staticImports.map(({ moduleRequest, entries }) => ({
    what: moduleRequest.value,
    typeOnly: entries.length > 0 && entries.every(({ isType }) => isType),
  }))
  const exported = module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ moduleRequest, isType }) =>
      moduleRequest ? [{ what: moduleRequest.value, typeOnly: isType }] : [],
    ),
  )
  const dynamic = module.dynamicImports.map(({ moduleRequest: { start, end } }) => ({
    what: text.slice(start, end).replaceAll(/^['"`]|['"`]$/gu, ''),
    typeOnly: false,
  }))
  return [...imports, ...exported, ...dynamic].map(({ what, typeOnly }) => ({
    from: path,
    what: what.startsWith('.')
      ? relative(home, resolve(home, dirname(path), what))
          .split(sep)
          .join('/')
      : what,
    typeOnly,
  }))
}

const packages = {
  engine: sourcesOf('packages/engine/src'),
  kit: sourcesOf('packages/kit/src'),
  definitions: sourcesOf('packages/definitions/src'),
  author: sourcesOf('packages/author/src'),
  server: sourcesOf('packages/server/src'),
  examples: sourcesOf('examples'),
}
const { engine, server } = packages
const everything = Object.values(packages).flat()

const importsOf = (sources: Source[]): Import[] => sources.flatMap(({ imports }) => imports)
const told = ({ from, what }: Import): string => `${from} → ${what}`
/** `zod/v4` and `@duban/engine/x` are of `zod` and `@duban/engine`. */
const packageOf = (what: string): string =>
  what
    .split('/')
    .slice(0, what.startsWith('@') ? 2 : 1)
    .join('/')

void t.test('the sources were found, and their imports read', async (t) => {
  for (const [name, sources] of Object.entries(packages)) t.ok(sources.length > 5, name)
  const step = importsOf(engine).filter(({ from }) => from === 'packages/engine/src/run/step/index.ts')
  t.match(step, [{ what: 'packages/engine/src/definition/compiled.ts', typeOnly: true }])
  const text = "export const b = 'c'\nimport 'd'\nvoid import('./e.ts')\nexport type { F } from './f.ts'"
  t.strictSame(importsIn('packages/x/src/a.ts', text), [
    { from: 'packages/x/src/a.ts', what: 'd', typeOnly: false },
    { from: 'packages/x/src/a.ts', what: 'packages/x/src/f.ts', typeOnly: true },
    { from: 'packages/x/src/a.ts', what: 'packages/x/src/e.ts', typeOnly: false },
  ])
})

/** Each package may import these, and itself; the server and the tools may import whatever else they need. */
const pure = ['canonicalize', 'chinese-days', 'node:crypto', 'temporal-polyfill', 'xstate', 'zod']
const allowed: { [name in keyof typeof packages]: { duban: string[]; others?: string[] } } = {
  engine: { duban: [], others: pure },
  kit: { duban: ['@duban/engine'], others: ['zod'] },
  definitions: { duban: ['@duban/engine', '@duban/kit'], others: ['zod'] },
  author: { duban: ['@duban/engine', '@duban/kit', '@duban/definitions'] },
  server: { duban: ['@duban/engine', '@duban/definitions'] },
  examples: { duban: ['@duban/engine', '@duban/definitions'] },
}

void t.test('packages import downward, by their front doors', async (t) => {
  for (const [name, sources] of Object.entries(packages) as [keyof typeof packages, Source[]][]) {
    const root = name === 'examples' ? 'examples/' : `packages/${name}/`
    const { duban, others } = allowed[name]
    const wrong = importsOf(sources).filter(({ what }) => {
      if (what.startsWith('packages/') || what.startsWith('examples/')) return !what.startsWith(root)
      if (what.startsWith('@duban/')) return !duban.includes(what)
      return others !== undefined && !others.includes(packageOf(what))
    })
    t.strictSame(wrong.map(told), [], name)
  }
  const crypto = importsOf(engine).filter(({ what }) => what === 'node:crypto')
  t.strictSame(crypto.map(told), ['packages/engine/src/data/hash.ts → node:crypto'])
})

/** The rooms of a package from the bottom to the top: each may import those before it, and itself. */
const storeys: { [root: string]: string[] } = {
  'packages/engine/src/': [
    'data',
    'calendar',
    'campaign',
    'definition',
    'plan',
    'run',
    'permission',
    'settle',
    'history',
    'world',
    'index.ts',
  ],
  'packages/server/src/': [
    'clock.ts',
    'database',
    'definitions.ts',
    'fingerprints.ts',
    'organisation',
    'execute',
    'campaigns',
    'deadlines',
    'audit',
    'http',
    'demo',
    'log.ts',
    'config.ts',
    'app.ts',
    'server.ts',
    'main.ts',
    'index.ts',
  ],
}

void t.test('within a package nobody imports upward, not even types', async (t) => {
  for (const [root, rooms] of Object.entries(storeys)) {
    const roomOf = (path: string): string => path.replace(root, '').split('/')[0] ?? ''
    const its = everything.filter(({ path }) => path.startsWith(root))
    const homeless = its.filter(({ path }) => !rooms.includes(roomOf(path)))
    t.strictSame(
      homeless.map(({ path }) => path),
      [],
      'each file has its storey',
    )
    const upward = importsOf(its).filter(
      ({ from, what }) => what.startsWith(root) && rooms.indexOf(roomOf(what)) > rooms.indexOf(roomOf(from)),
    )
    t.strictSame(upward.map(told), [])
  }
})

void t.test('no file needs itself, by whatever way round, not even for a type', async (t) => {
  const needs = new Map(everything.map(({ path, imports }) => [path, imports.map(({ what }) => what)]))
  const done = new Set<string>()
  const ring = (path: string, way: string[]): string[] | undefined => {
    if (way.includes(path)) return [...way.slice(way.indexOf(path)), path]
    if (done.has(path)) return undefined
    for (const next of needs.get(path) ?? []) {
      const found = ring(next, [...way, path])
      if (found) return found
    }
    done.add(path)
    return undefined
  }
  const rings = everything.flatMap(({ path }) => ring(path, [])?.join(' → ') ?? [])
  t.strictSame(rings, [])
})

void t.test('what has a folder of its name is its index', async (t) => {
  const beside = everything.filter(({ path }) => existsSync(join(home, path.replace(/\.ts$/u, ''))))
  t.strictSame(
    beside.map(({ path }) => path).filter((path) => !/\/v\d+\.ts$/u.test(path)),
    [],
  )
})

void t.test('only what puts the parts together knows which campaigns there are', async (t) => {
  const knowing = importsOf(server).filter(({ what }) => what === '@duban/definitions')
  t.strictSame(
    [...new Set(knowing.map(({ from }) => from.replace('packages/server/src/', '').split('/', 1).join('')))].toSorted(),
    ['demo', 'server.ts'],
  )
})

void t.test('only main reads the environment', async (t) => {
  const reading = [...engine, ...packages.kit, ...packages.definitions, ...server].filter(({ text }) =>
    /\bprocess\s*\.\s*env\b|\bprocess\s*\[\s*'env'/u.test(text),
  )
  t.strictSame(
    reading.map(({ path }) => path),
    ['packages/server/src/main.ts'],
  )
})

void t.test('xstate is called in one file; elsewhere there are only its types', async (t) => {
  const calling = importsOf(everything).filter(({ what, typeOnly }) => packageOf(what) === 'xstate' && !typeOnly)
  t.strictSame(calling.map(told), ['packages/engine/src/definition/machine.ts → xstate'])
})

void t.test('the engine knows no campaign by name', async (t) => {
  const ids = readdirSync(join(home, 'packages/definitions/src'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'demo')
    .map(({ name }) => name)
  t.ok(ids.length > 0)
  const camel = ids.map((id) => id.replaceAll(/-(\w)/gu, (_, letter: string) => letter.toUpperCase()))
  const naming = engine.flatMap(({ path, text }) =>
    [...ids, ...camel].filter((name) => text.includes(name)).map((name) => `${path} names ${name}`),
  )
  t.strictSame(naming, [])
})

// The arrows of the design (DESIGN §7, docs/architecture.md), read from the sources themselves.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import t from 'tap'

const home = resolve(import.meta.dirname, '..')

type Import = { from: string; what: string; typeOnly: boolean }
type Source = { path: string; text: string; imports: Import[] }

const IMPORT = /(?:^|\n)\s*(?:import|export)\s+(?<type>type\s)?(?<names>[^'";]*?)\s*(?:from\s*)?'(?<what>[^'\n]+)'/gu
const DYNAMIC = /\bimport\(\s*['"](?<what>[^'"]+)['"]/gu

/** All source files of a package, with what they import. Relative imports are paths from the repository's root. */
function sourcesOf(packageName: string): Source[] {
  const root = join(home, 'packages', packageName, 'src')
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => {
      const path = relative(home, join(root, file)).split(sep).join('/')
      const text = readFileSync(join(root, file), 'utf8')
      return { path, text, imports: importsIn(path, text) }
    })
}

function importsIn(path: string, text: string): Import[] {
  const found = [...text.matchAll(IMPORT), ...text.matchAll(DYNAMIC)]
  return found.flatMap(({ groups = {} }) => {
    const { type, names = '', what = '' } = groups
    // An export of something made here has no «from».
    if (what === '' || (names !== '' && /[=(]/u.test(names))) return []
    const listed = names.replaceAll(/[{}]/gu, '').split(',')
    const typeOnly =
      type !== undefined ||
      (names.includes('{') && listed.filter((name) => name.trim()).every((name) => /^\s*type\s/u.test(name)))
    const target = what.startsWith('.')
      ? relative(home, resolve(home, dirname(path), what))
          .split(sep)
          .join('/')
      : what
    return [{ from: path, what: target, typeOnly }]
  })
}

const engine = sourcesOf('engine')
const definitions = sourcesOf('definitions')
const server = sourcesOf('server')
const everything = [...engine, ...definitions, ...server]

const importsOf = (sources: Source[]): Import[] => sources.flatMap(({ imports }) => imports)
const told = ({ from, what }: Import): string => `${from} → ${what}`
/** `zod/v4` and `@duban/engine/x` are of `zod` and `@duban/engine`. */
const packageOf = (what: string): string =>
  what
    .split('/')
    .slice(0, what.startsWith('@') ? 2 : 1)
    .join('/')

void t.test('the sources were found, and their imports read', async (t) => {
  t.ok(engine.length > 50 && definitions.length > 5 && server.length > 50)
  const step = importsOf(engine).filter(({ from }) => from === 'packages/engine/src/step.ts')
  t.ok(step.some(({ what, typeOnly }) => what === 'packages/engine/src/step/command.ts' && !typeOnly))
  t.ok(step.some(({ what, typeOnly }) => what === 'packages/engine/src/event.ts' && typeOnly))
  t.strictSame(importsIn('packages/x/src/a.ts', "export const b = 'c'\nimport 'd'\nvoid import('./e.ts')"), [
    { from: 'packages/x/src/a.ts', what: 'd', typeOnly: false },
    { from: 'packages/x/src/a.ts', what: 'packages/x/src/e.ts', typeOnly: false },
  ])
})

void t.test('the engine imports only what is pure', async (t) => {
  const pure = ['xstate', 'zod', 'canonicalize', 'chinese-days', 'temporal-polyfill', 'tinyqueue', 'node:crypto']
  const others = importsOf(engine).filter(
    ({ what }) => !what.startsWith('packages/engine/src/') && !pure.includes(packageOf(what)),
  )
  t.strictSame(others.map(told), [])
  const crypto = importsOf(engine).filter(({ what }) => what === 'node:crypto')
  t.strictSame(crypto.map(told), ['packages/engine/src/hash.ts → node:crypto'])
})

void t.test('definitions import the engine, and nothing that does anything', async (t) => {
  const allowed = ['@duban/engine', 'xstate', 'zod']
  const others = importsOf(definitions).filter(
    ({ what }) => !what.startsWith('packages/definitions/src/') && !allowed.includes(packageOf(what)),
  )
  t.strictSame(others.map(told), [])
})

void t.test('the author’s tools stand beside the server, on engine and definitions', async (t) => {
  const author = sourcesOf('author')
  t.ok(author.length > 30)
  const others = importsOf(author).filter(({ what }) =>
    what.startsWith('packages/')
      ? !what.startsWith('packages/author/src/')
      : what.startsWith('@duban/') && !['@duban/engine', '@duban/definitions'].includes(what),
  )
  t.strictSame(others.map(told), [])
})

void t.test('packages meet at their front doors', async (t) => {
  const through = importsOf(everything).filter(({ from, what }) => {
    const own = from.split('/').slice(0, 3).join('/')
    return what.startsWith('packages/') ? !what.startsWith(`${own}/`) : /^@duban\/[a-z]+\/./u.test(what)
  })
  t.strictSame(through.map(told), [])
})

/**
 * The server from the bottom to the top: each place may import those that it names, and itself. What is not
 * listed may not be imported from `src/`, not even its types.
 */
const below: { [place: string]: string[] } = {
  'clock.ts': [],
  database: [],
  'definitions.ts': [],
  'fingerprints.ts': ['database', 'definitions.ts'],
  organisation: ['database'],
  execute: ['clock.ts', 'database', 'definitions.ts'],
  campaigns: ['database', 'definitions.ts', 'organisation', 'execute'],
  deadlines: ['clock.ts', 'database', 'execute'],
  audit: ['database', 'definitions.ts', 'execute', 'campaigns'],
  http: ['clock.ts', 'database', 'definitions.ts', 'organisation', 'execute', 'deadlines', 'campaigns', 'audit'],
}
/** What puts the parts together may name them all. */
const top = ['demo', 'app.ts', 'config.ts', 'log.ts', 'server.ts', 'index.ts', 'main.ts']

/** Arrows that still point upward, to be turned round. The test fails when one is gone and still listed. */
const owed = ['campaigns → http', 'execute → campaigns']

/** `packages/server/src/execute/take.ts` and `execute.ts` are `execute`. */
function placeOf(path: string): string {
  const [first = '', ...rest] = path.replace('packages/server/src/', '').split('/')
  return rest.length === 0 && first === 'execute.ts' ? 'execute' : first
}

void t.test('in the server nobody imports upward, not even types', async (t) => {
  const places = new Set(server.map(({ path }) => placeOf(path)))
  t.strictSame(
    [...places].filter((place) => !(place in below) && !top.includes(place)),
    [],
    'each place has its layer',
  )
  const upward = importsOf(server).filter(({ from, what }) => {
    const place = placeOf(from)
    if (!what.startsWith('packages/server/src/') || top.includes(place)) return false
    return ![place, ...(below[place] ?? [])].includes(placeOf(what))
  })
  const arrows = upward.map(({ from, what }) => `${placeOf(from)} → ${placeOf(what)}`)
  t.strictSame(upward.filter((_, n) => !owed.includes(arrows[n] ?? '')).map(told), [])
  t.strictSame(
    owed.filter((arrow) => !arrows.includes(arrow)),
    [],
    'no longer owed: take it off the list',
  )
})

void t.test('only what puts the parts together knows which campaigns there are', async (t) => {
  const knowing = importsOf(server).filter(({ what }) => what === '@duban/definitions')
  t.strictSame(knowing.filter(({ from }) => !top.includes(placeOf(from))).map(told), [])
})

void t.test('only main reads the environment', async (t) => {
  const reading = everything.filter(({ text }) => /\bprocess\s*\.\s*env\b|\bprocess\s*\[\s*'env'/u.test(text))
  t.strictSame(
    reading.map(({ path }) => path),
    ['packages/server/src/main.ts'],
  )
})

void t.test('xstate is called in one file; elsewhere there are only its types', async (t) => {
  const calling = importsOf(everything).filter(({ what, typeOnly }) => packageOf(what) === 'xstate' && !typeOnly)
  t.strictSame(calling.map(told), ['packages/engine/src/machine.ts → xstate'])
})

void t.test('the engine knows no campaign by name', async (t) => {
  const ids = readdirSync(join(home, 'packages/definitions/src'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !['kit', 'demo'].includes(entry.name))
    .map(({ name }) => name)
  t.ok(ids.length > 0)
  const camel = ids.map((id) => id.replaceAll(/-(\w)/gu, (_, letter: string) => letter.toUpperCase()))
  const naming = engine.flatMap(({ path, text }) =>
    [...ids, ...camel].filter((name) => text.includes(name)).map((name) => `${path} names ${name}`),
  )
  t.strictSame(naming, [])
})

void t.test('no file needs itself, by whatever way round', async (t) => {
  const needs = new Map(
    everything.map(({ path, imports }) => [path, imports.filter(({ typeOnly }) => !typeOnly).map(({ what }) => what)]),
  )
  const done = new Set<string>()
  const cycle = (path: string, way: string[]): string[] | undefined => {
    if (way.includes(path)) return [...way.slice(way.indexOf(path)), path]
    if (done.has(path)) return undefined
    for (const next of needs.get(path) ?? []) {
      const found = cycle(next, [...way, path])
      if (found) return found
    }
    done.add(path)
    return undefined
  }
  const found = everything.map(({ path }) => cycle(path, [])).find((one) => one !== undefined)
  t.equal(found?.join(' → '), undefined)
})

import { catalogue } from '@duban/definitions'
import type { Definition } from '@duban/engine'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SaxesParser, type SaxesTagPlain } from 'saxes'
import t from 'tap'
import { chartOf } from '../src/draw/chart.ts'
import { drawSvg } from '../src/draw/drawing.ts'
import { layout, type Placed, type Rect } from '../src/draw/layout.ts'
import { mermaid } from '../src/draw/mermaid.ts'
import { scxml } from '../src/draw/scxml.ts'
import { sheet } from '../src/draw/svg.ts'
import { escaped } from '../src/draw/xml.ts'
import { anywhere } from './anywhere.ts'
import { duban } from './duban.ts'
import { sample } from './sample.ts'

const all = [sample, anywhere, ...catalogue.map(({ definition }) => definition)]
const whole = (definition: Definition) => ({
  kinds: Object.keys(definition.kinds),
  locale: 'zh' as const,
})

/** The elements of an XML document. @throws where it is not well-formed */
function elements(xml: string): SaxesTagPlain[] {
  const found: SaxesTagPlain[] = []
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', (tag) => void found.push({ ...tag, attributes: { ...tag.attributes } }))
  parser.write(xml).close()
  return found
}

const overlap = (a: Rect, b: Rect): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
const holds = (a: Rect, b: Rect): boolean =>
  a.x <= b.x && a.y <= b.y && a.x + a.width >= b.x + b.width && a.y + a.height >= b.y + b.height

/** What covers something that it should not. */
function covered({ boxes, links, width, height }: Placed): string[] {
  const leaves = boxes.filter(({ box }) => box.inside.length === 0)
  const things = [
    ...leaves.map((leaf) => ({ name: leaf.box.id, ...leaf })),
    ...links.flatMap(({ from, to, labels }) => labels.map((label) => ({ name: `${from} → ${to}`, ...label }))),
  ]
  const twice = things.flatMap((one, n) =>
    things.slice(n + 1).flatMap((two) => (overlap(one, two) ? [`${one.name} / ${two.name}`] : [])),
  )
  const sheet = { x: 0, y: 0, width, height }
  const outside = things.filter((one) => !holds(sheet, one)).map(({ name }) => `${name} is outside`)
  const parents = boxes.flatMap(({ box, ...around }) =>
    boxes
      .filter((inner) => box.inside.some(({ id }) => id === inner.box.id))
      .filter((inner) => !holds(around, inner))
      .map((inner) => `${inner.box.id} leaves ${box.id}`),
  )
  return [...twice, ...outside, ...parents]
}

for (const definition of all) {
  void t.test(`the drawing of ${definition.name} says everything and covers nothing`, async (t) => {
    const machines: Placed[] = []
    for (const kind of Object.keys(definition.kinds)) {
      const placed = await layout(chartOf(definition, kind, { definition, locale: 'zh' }))
      t.strictSame(covered(placed), [], kind)
      t.equal(placed.boxes.length, definition.kinds[kind]?.states.length, 'every state is there')
      t.ok(placed.links.every(({ points }) => points.length >= 2))
      machines.push(placed)
    }
    const svg = sheet(definition, machines, 'zh')
    t.equal(elements(svg)[0]?.name, 'svg')
    const said = svg.replaceAll(/<[^>]+>/gu, '')
    const missing = [
      ...Object.values(definition.commands).flatMap(({ title, by }) => [
        title.zh,
        ...by.map((role) => definition.roles[role]?.title.zh ?? role),
      ]),
      ...Object.values(definition.messages).map(({ title }) => title.zh),
    ].filter((words) => !said.includes(escaped(words)))
    t.strictSame(missing, [])
  })

  void t.test(`the SCXML of ${definition.name} is well-formed, and its targets exist`, async (t) => {
    for (const kind of Object.keys(definition.kinds)) {
      const found = elements(scxml(definition, { kinds: [kind], locale: 'zh' }))
      const states = found.filter(({ name }) => ['state', 'parallel', 'final', 'history'].includes(name))
      const ids = states.map(({ attributes }) => attributes['id'])
      t.equal(new Set(ids).size, definition.kinds[kind]?.states.length)
      const targets = found.flatMap(({ attributes }) => [attributes['target'] ?? [], attributes['initial'] ?? []])
      t.strictSame(
        targets.flat().filter((target) => !ids.includes(target)),
        [],
      )
      const sent = found.filter(({ name, attributes }) => name === 'send' && 'delayexpr' in attributes)
      const cancelled = found.filter(({ name }) => name === 'cancel')
      t.strictSame(
        cancelled.map(({ attributes }) => attributes['sendid']),
        sent.map(({ attributes }) => attributes['id']),
        'a date that is armed is disarmed',
      )
    }
  })
}

void t.test('a drawing is the same each time, and names the rules of dates and windows', async (t) => {
  const svg = await drawSvg(sample, whole(sample))
  t.equal(svg, await drawSvg(sample, whole(sample)))
  for (const rule of ['04-18', 'reports + 5 workdays', 'entry + 3 days', '自 04-18 至 reports']) {
    t.match(svg, `>${rule}`)
  }
})

void t.test('Mermaid has composite states, regions and ends, and no sign that it would misread', async (t) => {
  const text = mermaid(sample, whole(sample))
  t.match(text, /^stateDiagram-v2\n {2}state "样例" as campaign \{\n/u)
  t.match(text, /\n {6}--\n/u)
  t.match(text, 'unit_both_report_sent --> [*]')
  t.match(text, '[*] --> unit_both')
  t.match(text, 'campaign_working_collecting --> campaign_working_checking: ≥ 50% 单位：reported<br>报送（04-18）')
  for (const line of text.split('\n').filter((one) => one.includes('-->'))) {
    t.notMatch(line.split(': ').slice(1).join(': '), /[:;#"]/u)
  }
})

void t.test('what leads on from wherever a machine stands is drawn from a ring', async (t) => {
  const words = { definition: anywhere, locale: 'zh' as const }
  const placed = await layout(chartOf(anywhere, 'campaign', words))
  const from = placed.links.filter((link) => link.from === '' && link.labels.length > 0)
  t.strictSame(from.map(({ to }) => to).toSorted(), ['open', 'withPolice'])
  for (const { points } of from) {
    const [begin = { x: 0, y: 0 }] = points
    const { x, y } = placed.anywhere ?? { x: Number.NaN, y: 0 }
    t.ok(Math.hypot(begin.x - x, begin.y - y) <= 9, 'at the ring')
  }
  const svg = await drawSvg(anywhere, whole(anywhere))
  t.match(svg, '无论处于哪个环节')
  t.notMatch(await drawSvg(sample, whole(sample)), '无论处于哪个环节', 'where there is no ring')

  const text = mermaid(anywhere, whole(anywhere))
  t.match(text, 'state "无论处于哪个环节" as campaign__anywhere')
  t.match(text, 'campaign__anywhere --> campaign_withPolice: 移送公安（组长）<br>期满（12-31）')
  t.match(text, 'campaign__anywhere --> campaign_open: 重新开始（组长）')
  const declared = new Set([...text.matchAll(/ as (?<name>\w+)/gu)].map((one) => one[1]))
  const used = [...text.matchAll(/(?<from>\S+) --> (?<to>[^:\s]+)/gu)].flatMap((one) => one.slice(1))
  t.strictSame(
    used.filter((one) => one !== '[*]' && !declared.has(one)),
    [],
    'every state has a title',
  )
  t.notMatch(mermaid(sample, whole(sample)), '__anywhere')
})

void t.test('many regions are packed in rows, and machines stand in a sheet’s format', async (t) => {
  const forest = catalogue.find(({ definition }) => definition.id === 'forest-chief-scheme')
  if (!forest) return t.fail('the forest chief scheme is offered')
  const { definition } = forest
  const town = await layout(chartOf(definition, 'town', { definition, locale: 'zh' }))
  t.ok(town.width < 2 * town.height, `${town.width} × ${town.height}`)
  const [svg] = elements(await drawSvg(definition, whole(definition)))
  const { width, height } = svg?.attributes ?? {}
  t.ok(Number(width) < 2 * Number(height), `${width} × ${height}`)
})

void t.test('with a start day, dates are drawn with their days', async (t) => {
  const svg = await duban(['draw', 'legal-health-check', '--start', '2026-04-01'])
  t.match(svg, {
    status: 0,
    out: />04 early = 2026-04-10<.*自 05 late = 2026-05-21 至 06 mid/su,
  })
  t.match(svg.out, '启动日 2026-04-01')
  t.match(await duban(['draw', 'legal-health-check', '--start', '2026-05-01']), {
    status: 2,
    out: '',
    err: /日期互相矛盾/u,
  })
})

void t.test('one kind, another format, another language, into a file', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'duban-draw-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  const draw = ['draw', 'legal-health-check', '--kind', 'finding']
  t.match(
    await duban([...draw, '--format', 'mermaid', '--out', 'finding.mmd', '--lang', 'en'], {
      cwd: folder,
    }),
    { status: 0, out: '' },
  )
  const text = await readFile(join(folder, 'finding.mmd'), 'utf8')
  t.match(text, 'state "Awaiting a plan" as finding_open')
  t.match(await duban([...draw, '--format', 'png']), { status: 2, err: /没有格式“png”，有：svg/u })
  t.match(await duban(['draw', 'legal-health-check', '--kind', 'moon']), {
    status: 2,
    err: /没有“moon”，有：campaign/u,
  })
})

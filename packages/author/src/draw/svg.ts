import type { Definition, Locale } from '@duban/engine'
import { icon, isNote, label, margin, type Card } from './card.ts'
import { widthOf } from './measure.ts'
import type { Placed, PlacedBox, PlacedLabel, PlacedLink, Point } from './layout.ts'
import { palette, style } from './style.ts'
import { legend, mark } from './signs.ts'
import { element, n, text } from './xml.ts'

const gap = 36
const edge = 32
// How high a column may be, in heights of the tallest machine.
const heights = [1, 1.25, 1.5, 2, 2.5, 3]

/** All machines of a definition on one sheet: a heading, the machines side by side, and what the signs mean. */
export function sheet(
  { title, source, name }: Pick<Definition, 'title' | 'source' | 'name'>,
  machines: Placed[],
  locale: Locale,
  startsOn?: string,
): string {
  const heading = [
    text(title.zh, { x: edge, y: edge + 26, class: 'heading' }),
    text(title.en, { x: edge + widthOf(title.zh, 29) + 20, y: edge + 26, class: 'sub' }),
    text(subtitle(name, source, startsOn, locale), { x: edge, y: edge + 50, class: 'small' }),
  ]
  const top = edge + 74
  const { places, right, bottom } = columns(machines)
  const panels = machines.map((placed, n) => {
    const { x, y } = places[n] ?? { x: 0, y: 0 }
    return element('g', { transform: `translate(${edge + x} ${top + y})` }, machine(placed))
  })
  const width = Math.max(right + 2 * edge, 900)
  const signs = legend(
    locale,
    edge,
    top + bottom + 34,
    machines.some(({ anywhere }) => anywhere),
  )
  const height = top + bottom + 34 + 26 + edge
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'aria-label': `${title.zh} ${title.en}`,
    },
    [
      element('style', {}, [style]),
      arrowHeads(),
      element('rect', { width, height, fill: palette.paper }),
      ...heading,
      ...panels,
      ...signs,
    ],
  )}\n`
}

type Columns = { places: Point[]; right: number; bottom: number }

/** Machines in columns, as high as the tallest or higher, where the sheet comes nearest to one of landscape format. */
function columns(machines: Placed[]): Columns {
  const tallest = Math.max(...machines.map(({ height }) => height))
  const size = ({ right, bottom }: Columns): number => Math.max(right / Math.SQRT2, bottom)
  return heights
    .map((times) => columnsUpTo(machines, tallest * times))
    .reduce((best, next) => (size(next) < size(best) ? next : best))
}

/** In their order; one that fits below another goes there. */
function columnsUpTo(machines: Placed[], most: number): Columns {
  let [x, y, widest, right, bottom] = [0, 0, 0, 0, 0]
  const places = machines.map(({ width, height }) => {
    if (y > 0 && y + height > most) {
      x += widest + gap
      y = 0
      widest = 0
    }
    const place = { x, y }
    y += height + gap
    widest = Math.max(widest, width)
    right = Math.max(right, place.x + width)
    bottom = Math.max(bottom, place.y + height)
    return place
  })
  return { places, right, bottom }
}

function subtitle(name: string, source: string | undefined, startsOn: string | undefined, locale: Locale): string {
  const start = locale === 'zh' ? `启动日 ${startsOn}` : `starts on ${startsOn}`
  return [name, ...(source === undefined ? [] : [source]), ...(startsOn === undefined ? [] : [start])].join(' · ')
}

function machine({ boxes, links, starts, anywhere }: Placed): string[] {
  return [
    ...boxes.map(boxOf),
    ...(anywhere ? [element('circle', { cx: n(anywhere.x), cy: n(anywhere.y), r: 5, class: 'anywhere' })] : []),
    ...starts.map(({ x, y }) => element('circle', { cx: n(x), cy: n(y), r: 6, class: 'start' })),
    ...links.map(lineOf),
    ...links.flatMap(({ labels }) => labels.map(labelsOf)),
  ]
}

function boxOf({ x, y, width, height, box, card, depth }: PlacedBox): string {
  const tone = box.overdue ? 'overdue' : box.shape === 'final' ? 'final' : box.shape
  const rect = { x: n(x), y: n(y), width: n(width), height: n(height), rx: depth === 0 ? 14 : 9 }
  const inner =
    box.shape === 'final'
      ? [
          element('rect', {
            ...rect,
            x: n(x + 4),
            y: n(y + 4),
            width: n(width - 8),
            height: n(height - 8),
            rx: 6,
            class: 'inner',
          }),
        ]
      : []
  const kind = depth === 0 ? 'machine' : tone
  return element('g', { class: `state ${kind}` }, [
    element('rect', rect),
    ...inner,
    ...cardText(card, x, y, width, depth === 0 || box.inside.length > 0),
  ])
}

function cardText(card: Card, x: number, y: number, width: number, left: boolean): string[] {
  return card.lines.flatMap(({ text: line, role, size, baseline, more }) => {
    const note = isNote(role)
    const centred = !left && !note
    const at = {
      x: n(centred ? x + width / 2 : x + margin + (note ? icon : 0)),
      y: n(y + baseline),
      class: `${role}${centred ? ' mid' : ''}`,
    }
    const sign = note && !more ? [mark(role, x + margin + 4, y + baseline - size * 0.36)] : []
    return [...sign, text(line, at)]
  })
}

function labelsOf({ x, y, width, height, lines }: PlacedLabel): string {
  const written = lines.flatMap(({ text: line, about }, row) => {
    const baseline = y + label.padding + row * label.line + 12
    const sign = about === 'detail' ? [] : [mark(about, x + label.padding + 5, baseline - 4)]
    return [...sign, text(line, { x: n(x + label.padding + icon), y: n(baseline), class: about })]
  })
  return element('g', { class: 'label' }, [
    element('rect', { x: n(x), y: n(y), width: n(width), height: n(height), rx: 3 }),
    ...written,
  ])
}

/** A way that only time takes has another colour. */
function lineOf({ points, labels }: PlacedLink): string {
  const abouts = labels.flatMap(({ lines }) => lines.map(({ about }) => about))
  const timed = abouts.includes('date') && !abouts.some((one) => one === 'command' || one === 'tally')
  return element('path', {
    d: rounded(points),
    class: timed ? 'arrow timed' : 'arrow',
    'marker-end': timed ? 'url(#late)' : 'url(#head)',
  })
}

/** Right angles with their corners taken off. */
function rounded(points: Point[]): string {
  return points
    .map((at, index) => {
      const [before, after] = [points[index - 1], points[index + 1]]
      if (!before) return `M${n(at.x)} ${n(at.y)}`
      if (!after) return `L${n(at.x)} ${n(at.y)}`
      const enter = towards(at, before)
      const leave = towards(at, after)
      return `L${n(enter.x)} ${n(enter.y)}Q${n(at.x)} ${n(at.y)} ${n(leave.x)} ${n(leave.y)}`
    })
    .join('')
}

function towards(from: Point, to: Point): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y)
  const part = length === 0 ? 0 : Math.min(7, length / 2) / length
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part }
}

function arrowHeads(): string {
  const shape = { viewBox: '0 0 10 10', refX: 9, refY: 5, markerWidth: 8, markerHeight: 8 }
  const head = (id: string, fill: string): string =>
    element('marker', { id, ...shape, orient: 'auto' }, [element('path', { d: 'M0 1L10 5L0 9z', fill })])
  return element('defs', {}, [head('head', palette.line), head('late', palette.late)])
}

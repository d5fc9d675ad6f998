import Elk from 'elkjs/lib/elk.bundled.js'
import type { ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk.bundled.js'
import type { Box, Chart } from './chart.ts'
import { cardOf, labelOf, type Card } from './card.ts'
import type { Line } from './words.ts'

export type Point = { x: number; y: number }
export type Rect = Point & { width: number; height: number }

/** A state with its place; `card` is the text in it, already broken into lines. */
export type PlacedBox = Rect & { box: Box; card: Card; depth: number }
export type PlacedLabel = Rect & { lines: Line[] }
export type PlacedLink = { from: string; to: string; points: Point[]; labels: PlacedLabel[] }

/** A chart with all its places, in px, from its own top left corner. */
export type Placed = {
  chart: Chart
  width: number
  height: number
  boxes: PlacedBox[]
  /** Where each machine and each group begins: the middles of dots. */
  starts: Point[]
  /** What leads on from wherever the machine stands begins here: the middle of a ring. */
  anywhere: Point | undefined
  links: PlacedLink[]
}

const START = ' start'
const ANYWHERE = 'root anywhere'
const DOT = 12
// So many regions side by side are too wide for a sheet: they are packed in rows.
const WIDE = 4

// ELK's layered algorithm, the whole hierarchy at once, so that arrows into groups are routed with the rest.
const options = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.json.edgeCoords': 'ROOT',
  'elk.json.shapeCoords': 'ROOT',
  'elk.edgeLabels.inline': 'false',
  'elk.layered.edgeLabels.sideSelection': 'SMART_DOWN',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  // What the author writes first stands above: the arrows that lead back up are the exceptions.
  'elk.layered.cycleBreaking.strategy': 'DEPTH_FIRST',
  'elk.layered.spacing.nodeNodeBetweenLayers': '34',
  'elk.layered.spacing.edgeNodeBetweenLayers': '18',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '14',
  'elk.spacing.nodeNode': '34',
  'elk.spacing.edgeNode': '20',
  'elk.spacing.edgeEdge': '16',
  'elk.spacing.edgeLabel': '6',
  'elk.spacing.labelNode': '8',
}

const packing = {
  'elk.algorithm': 'rectpacking',
  'elk.hierarchyHandling': 'SEPARATE_CHILDREN',
  'elk.aspectRatio': '1.6',
  'elk.spacing.nodeNode': '22',
}

const first = { 'elk.layered.layering.layerConstraint': 'FIRST' }

/** Places a chart's states and arrows so that nothing covers anything. Runs in this thread; no worker is started. */
export async function layout(chart: Chart): Promise<Placed> {
  // Typed as a module with a default, and at run time both.
  const elk = new Elk.default()
  const cards = new Map<string, Card>()
  const graph = await elk.layout(nodeOf(chart.root, { chart, cards, within: '' }))
  return collect(chart, graph, cards)
}

const idOf = (state: string): string => (state === '' ? 'root' : `s.${state}`)

const dot = (id: string): ElkNode => ({ id, width: DOT, height: DOT, layoutOptions: first })

type Laying = {
  chart: Chart
  cards: Map<string, Card>
  /** The region, or the machine, whose states are placed together; arrows belong to it. */
  within: string
}

function nodeOf(box: Box, { chart, cards, within }: Laying): ElkNode {
  const card = cardOf(box)
  cards.set(box.id, card)
  const id = idOf(box.id)
  if (box.inside.length === 0) return { id, width: card.width, height: card.height }
  const packed = isPacked(box, chart)
  const start: ElkNode[] = [
    ...(box.initial === undefined ? [] : [dot(`${id}${START}`)]),
    ...(box.id === '' && chart.arrows.some(({ from }) => from === '') ? [dot(ANYWHERE)] : []),
  ]
  const begins: ElkExtendedEdge[] =
    box.initial === undefined
      ? []
      : [{ id: `${id}${START}s`, sources: [`${id}${START}`], targets: [idOf(box.initial)] }]
  return {
    id,
    children: [...start, ...box.inside.map((one) => nodeOf(one, { chart, cards, within: packed ? one.id : within }))],
    edges: [...begins, ...(box.id === within ? arrowsIn(chart, box) : [])],
    layoutOptions: {
      ...(packed ? packing : options),
      'elk.padding': paddingOf(card),
      'elk.nodeSize.constraints': 'MINIMUM_SIZE',
      'elk.nodeSize.minimum': `(${card.width}, ${card.height})`,
    },
  }
}

const inOrAt = (state: string, around: string): boolean =>
  around === '' || state === around || state.startsWith(`${around}.`)

/** Regions that no arrow connects can stand anywhere. */
function isPacked({ shape, inside }: Box, { arrows }: Chart): boolean {
  const apart = inside.every(({ id }) => arrows.every(({ from, to }) => inOrAt(from, id) === inOrAt(to, id)))
  return shape === 'parallel' && inside.length >= WIDE && apart
}

/** The arrows among what is placed together with a machine or region, without those that a region inside has. */
function arrowsIn(chart: Chart, box: Box): ElkExtendedEdge[] {
  const packed = regionsIn(chart, box)
  return chart.arrows.flatMap(({ from, to, lines }, n) => {
    const within = (id: string): boolean => inOrAt(from, id) && inOrAt(to, id)
    if (!within(box.id) || packed.some(within)) return []
    return {
      id: `e${n}`,
      sources: [from === '' ? ANYWHERE : idOf(from)],
      targets: [idOf(to)],
      // ELK places no label without a text.
      labels: [{ id: `l${n}`, text: ' ', ...labelOf(lines) }],
    }
  })
}

function regionsIn(chart: Chart, box: Box): string[] {
  return box.inside.flatMap((one) => [...(isPacked(box, chart) ? [one.id] : []), ...regionsIn(chart, one)])
}

function paddingOf(card: Card | undefined): string {
  return `[top=${(card?.height ?? 0) + 14},left=22,bottom=22,right=22]`
}

function collect(chart: Chart, graph: ElkNode, cards: Map<string, Card>): Placed {
  const boxes: PlacedBox[] = []
  const starts: Point[] = []
  let anywhere: Point | undefined
  const links: PlacedLink[] = []
  const known = new Map<string, Box>()
  const learn = (box: Box): void => {
    known.set(idOf(box.id), box)
    box.inside.forEach(learn)
  }
  learn(chart.root)
  const walk = (node: ElkNode, depth: number): void => {
    const rect = rectOf(node)
    const box = known.get(node.id)
    const card = box && cards.get(box.id)
    if (box && card) boxes.push({ ...rect, box, card, depth })
    else {
      const middle = { x: rect.x + DOT / 2, y: rect.y + DOT / 2 }
      if (node.id === ANYWHERE) anywhere = middle
      else starts.push(middle)
    }
    for (const edge of node.edges ?? []) links.push(linkOf(edge, chart))
    for (const inside of node.children ?? []) walk(inside, depth + 1)
  }
  walk(graph, 0)
  return {
    chart,
    width: Math.ceil(graph.width ?? 0),
    height: Math.ceil(graph.height ?? 0),
    boxes,
    starts,
    anywhere,
    links,
  }
}

function linkOf(edge: ElkExtendedEdge, chart: Chart): PlacedLink {
  const link = chart.arrows[Number(edge.id.slice(1))]
  const points = (edge.sections ?? []).flatMap(({ startPoint, bendPoints = [], endPoint }) => [
    startPoint,
    ...bendPoints,
    endPoint,
  ])
  return {
    from: link?.from ?? '',
    to: link?.to ?? '',
    points,
    labels: (edge.labels ?? []).map((label) => ({ ...rectOf(label), lines: link?.lines ?? [] })),
  }
}

function rectOf({ x = 0, y = 0, width = 0, height = 0 }: Partial<Rect>): Rect {
  return { x, y, width, height }
}

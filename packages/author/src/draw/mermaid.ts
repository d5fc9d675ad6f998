import type { Definition, Locale } from '@duban/engine'
import { chartOf, type Box, type Chart } from './chart.ts'
import type { Drawing } from './drawing.ts'
import type { Line } from './words.ts'

/**
 * The machines as text for Mermaid (`stateDiagram-v2`), which Markdown pages draw by themselves. With several
 * kinds, each is a composite state.
 */
export function mermaid(definition: Definition, { kinds, locale, facts }: Drawing): string {
  const charts = kinds.map((kind) => chartOf(definition, kind, { definition, locale, ...(facts && { facts }) }))
  const [only] = charts
  const body =
    charts.length === 1 && only
      ? machine(only, locale, '  ')
      : charts.flatMap((chart) => [
          `  state "${quoted(chart.title[locale])}" as ${chart.kind} {`,
          ...machine(chart, locale, '    '),
          '  }',
        ])
  return ['stateDiagram-v2', ...body, ''].join('\n')
}

/** What leads on from wherever the machine stands begins there; Mermaid has no sign for it. */
const wherever = { zh: '无论处于哪个环节', en: 'Wherever it stands' }

function machine(chart: Chart, locale: Locale, indent: string): string[] {
  // No state's own name begins with a line: this one is nobody's else.
  const name = (id: string): string => `${chart.kind}_${id === '' ? '_anywhere' : id.replaceAll('.', '_')}`
  const inside = (box: Box, deep: string): string[] => {
    const begins = box.initial === undefined ? [] : [`${deep}[*] --> ${name(box.initial)}`]
    // The regions of a parallel state are parted by a line of hyphens.
    const parted = box.shape === 'parallel' ? [`${deep}--`] : []
    const states = box.inside.flatMap((one, n) => [...(n > 0 ? parted : []), ...state(one, deep)])
    return [...states, ...begins]
  }
  const state = (box: Box, deep: string): string[] => {
    const title = `state "${quoted(box.title[locale])}" as ${name(box.id)}`
    const ends = box.shape === 'final' ? [`${deep}${name(box.id)} --> [*]`] : []
    if (box.inside.length === 0) return [`${deep}${title}`, ...ends]
    return [`${deep}${title} {`, ...inside(box, `${deep}  `), `${deep}}`]
  }
  const arrows = chart.arrows.map(({ from, to, lines }) => `${indent}${name(from)} --> ${name(to)}: ${label(lines)}`)
  const anywhere = chart.arrows.some(({ from }) => from === '')
    ? [`${indent}state "${wherever[locale]}" as ${name('')}`]
    : []
  return [...inside(chart.root, indent), ...anywhere, ...arrows]
}

/** One line of what leads along an arrow; who may do it stays with the command before it. */
function label(lines: Line[]): string {
  const parts: string[] = []
  for (const { text, about } of lines) {
    if (about === 'note') continue
    const last = parts.length - 1
    if (about === 'detail' && last >= 0) parts[last] += `（${text}）`
    else parts.push(text)
  }
  return quoted(parts.join('<br>'))
}

// Mermaid ends a label at a colon or a semicolon, and reads # as the beginning of a character's number.
function quoted(text: string): string {
  return text.replaceAll('"', '”').replaceAll(':', '：').replaceAll(';', '；').replaceAll('#', '＃')
}

import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { oneDefinition, factsFor } from '../definition.ts'
import { option, wrong, type Given, type Status, type Subcommand } from '../subcommand.ts'
import { drawSvg, type Drawing } from './drawing.ts'
import { mermaid } from './mermaid.ts'
import { scxml } from './scxml.ts'

export const draw: Subcommand = {
  title: {
    zh: '画出活动的状态图',
    en: 'draw the machines of a definition',
  },
  usage: '<id|folder> [--kind unit] [--format svg|mermaid|scxml] [--start 2026-04-01] [--out file]',
  about: {
    kind: {
      zh: '只画一种；默认全部（scxml 默认 campaign）',
      en: 'only one of them; all when absent (scxml: campaign)',
    },
    format: { zh: 'svg（默认）、mermaid 或 scxml', en: 'svg (the default), mermaid or scxml' },
    start: { zh: '启动日，日期后注明当天', en: 'a start day: dates are drawn with their days' },
    out: { zh: '写入文件，默认写到标准输出', en: 'the file to write; standard output when absent' },
  },
  options: {
    kind: { type: 'string' },
    format: { type: 'string' },
    start: { type: 'string' },
    out: { type: 'string' },
  },
  positionals: { least: 1, most: 1 },
  run: runDraw,
}

const formats: {
  readonly [format: string]: (of: Parameters<typeof drawSvg>[0], drawing: Drawing) => string | Promise<string>
} = { svg: drawSvg, mermaid, scxml }

async function runDraw(given: Given): Promise<Status> {
  const found = await oneDefinition(given)
  if ('status' in found) return found.status
  const { definition } = found.entry
  const format = option(given, 'format') ?? 'svg'
  const write = Object.hasOwn(formats, format) ? formats[format] : undefined
  if (!write) {
    const known = Object.keys(formats).join(', ')
    return wrong(given, {
      zh: `没有格式“${format}”，有：${known}`,
      en: `there is no format «${format}»; there is ${known}`,
    })
  }
  const kind = option(given, 'kind')
  if (kind !== undefined && !Object.hasOwn(definition.kinds, kind)) {
    const known = Object.keys(definition.kinds).join(', ')
    return wrong(given, {
      zh: `${definition.name} 没有“${kind}”，有：${known}`,
      en: `${definition.name} has no kind «${kind}»; it has ${known}`,
    })
  }
  const facts = factsFor(given, found.entry)
  if (facts && 'status' in facts) return facts.status
  const drawing: Drawing = {
    kinds: kind === undefined ? Object.keys(definition.kinds) : [kind],
    locale: given.locale,
    ...(facts && { facts }),
  }
  const drawn = await write(definition, drawing)
  const out = option(given, 'out')
  if (out === undefined) given.io.out(drawn)
  else await writeFile(resolve(given.io.cwd, out), drawn)
  return 0
}

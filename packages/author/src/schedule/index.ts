import type { Locale } from '@duban/engine'
import { factsFor, oneDefinition } from '../definition.ts'
import { wrong, type Given, type Status, type Subcommand } from '../subcommand.ts'
import { table } from '../table.ts'
import { concerned, rowsOf, type Row } from './rows.ts'

export const schedule: Subcommand = {
  title: {
    zh: '列出活动的日程，并逐步说明每个日期的由来',
    en: 'the calendar of a definition, and how each date came about',
  },
  usage: '<id|folder> [--start 2026-04-01] [--json]',
  about: {
    start: { zh: '启动日，默认取演示计划的', en: 'the start day; the demo plan’s when absent' },
    json: { zh: '输出 JSON', en: 'print JSON' },
  },
  options: { start: { type: 'string' }, json: { type: 'boolean' } },
  positionals: { least: 1, most: 1 },
  run: runSchedule,
}

const headings = {
  zh: ['日期', '名称', '到期日', '星期', '时点', '提醒', '有关各方'],
  en: ['date', 'title', 'day', '', 'edge', 'reminders', 'concerns'],
}

async function runSchedule(given: Given): Promise<Status> {
  const found = await oneDefinition(given)
  if ('status' in found) return found.status
  const { definition } = found.entry
  const settled = factsFor(given, found.entry, 'demo')
  if (!settled) {
    return wrong(given, { zh: '须用 --start 给出启动日', en: 'give a start day with --start' })
  }
  if ('status' in settled) return settled.status
  const rows = rowsOf(definition, settled)
  const { locale, io } = given
  if (given.values['json'] === true) {
    io.out(`${JSON.stringify({ definition: definition.name, startsOn: settled.startsOn, dates: rows }, null, 2)}\n`)
    return 0
  }
  const starts = locale === 'zh' ? `${settled.startsOn} 启动` : `starts on ${settled.startsOn}`
  io.out(
    [
      `${definition.name} ${definition.title[locale]} (${starts})`,
      '',
      table(
        headings[locale],
        rows.flatMap((row) => lines(row, locale)),
      ),
      '',
      ...rows.flatMap((row) => explained(row, locale)),
      '',
    ].join('\n'),
  )
  return 0
}

/** A row takes as many lines as it has reminders or others who have to do with it. */
function lines(row: Row, locale: Locale): string[][] {
  const reminded = row.reminders.map(({ offset, on }) => (on === null ? offset : `${on} (${offset})`))
  const others = concerned(row, locale)
  const height = Math.max(1, reminded.length, others.length)
  const day = row.on === null ? row.rule : `${row.on}${row.provisional ? ' ?' : ''}`
  const weekday = `${row.weekday?.[locale] ?? ''}${row.closed ? `·${row.closed[locale]}` : ''}`
  return Array.from({ length: height }, (_, n) => [
    ...(n === 0 ? [row.name, row.title[locale], day, weekday, row.edge[locale]] : ['', '', '', '', '']),
    reminded[n] ?? '',
    others[n] ?? '',
  ])
}

function explained({ name, rule, source, explanation }: Row, locale: Locale): string[] {
  const own = {
    zh: `${name}：每件各自起算。规则：${rule}。`,
    en: `${name}: each instance has its own. Rule: ${rule}.`,
  }
  const phrase = source === null ? '' : locale === 'zh' ? `原文：“${source}”。` : ` Source: “${source}”.`
  return [`${explanation?.[locale] ?? own[locale]}${phrase}`, '']
}

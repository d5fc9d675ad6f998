import type { CommandSpec, DateSpec, Definition, Locale, Text } from '@duban/engine'
import { cells, padded } from '../table.ts'

const words = {
  roles: { zh: '角色', en: 'Roles' },
  dates: { zh: '日期', en: 'Dates' },
  commands: { zh: '操作', en: 'Commands' },
  messages: { zh: '消息', en: 'Messages' },
  states: { zh: '环节', en: 'States' },
  role: { zh: '角色', en: 'role' },
  date: { zh: '日期', en: 'date' },
  command: { zh: '操作', en: 'command' },
  message: { zh: '消息', en: 'message' },
  state: { zh: '环节', en: 'state' },
  is: { zh: '名称', en: 'is' },
  holds: { zh: '范围', en: 'for' },
  campaign: { zh: '整个活动', en: 'the campaign' },
  unit: { zh: '本单位', en: 'each unit' },
  recused: { zh: '回避本单位', en: 'not for their own unit' },
  rule: { zh: '规则', en: 'rule' },
  reminds: { zh: '提醒', en: 'reminds' },
  by: { zh: '谁可以', en: 'who' },
  when: { zh: '何时', en: 'when' },
  phrase: { zh: '方案原文', en: 'phrase of the plan' },
} satisfies { [word: string]: Text }

type Word = keyof typeof words

/**
 * What the README of a definition must name, as Markdown: every role, date, command and message, and the states of
 * each kind by their full paths, with titles and the phrases that the definition gives as sources.
 */
export function tablesOf(definition: Definition, locale: Locale): string {
  const say = (word: Word): string => words[word][locale]
  const section = (word: Word, heading: Word[], rows: string[][]): string[] =>
    rows.length === 0
      ? []
      : [
          `## ${say(word)}`,
          table(
            heading.map((one) => say(one)),
            rows,
          ),
        ]
  const { roles, dates, commands, messages, kinds } = definition
  const parts = [
    ...section(
      'roles',
      ['role', 'is', 'holds'],
      Object.entries(roles).map(([name, { title, scope, recused }]) => [
        code(name),
        title[locale],
        [say(scope), ...(recused ? [say('recused')] : [])].join(locale === 'zh' ? '，' : ', '),
      ]),
    ),
    ...section(
      'dates',
      ['date', 'is', 'rule', 'reminds', 'phrase'],
      Object.entries(dates).map(([name, spec]) => [
        code(name),
        spec.title[locale],
        ruleOf(spec),
        codes(spec.remind ?? []),
        spec.source ?? '',
      ]),
    ),
    ...section(
      'commands',
      ['command', 'is', 'by', 'when', 'phrase'],
      Object.entries(commands).map(([name, spec]) => [
        code(name),
        spec.title[locale],
        byOf(spec, locale),
        whenOf(spec, locale),
        spec.source ?? '',
      ]),
    ),
    ...section(
      'messages',
      ['message', 'is'],
      Object.entries(messages).map(([name, { title }]) => [code(name), title[locale]]),
    ),
    `## ${say('states')}`,
    ...Object.entries(kinds).flatMap(([kind, { title, states }]) => [
      `### ${title[locale]} (${code(kind)})`,
      table(
        [say('state'), say('is'), say('phrase')],
        states
          .filter(({ id }) => id !== '')
          .map(({ id, spec }) => [code(id), spec.meta?.title[locale] ?? '', spec.meta?.source ?? '']),
      ),
    ]),
  ]
  return `${parts.join('\n\n')}\n`
}

const code = (name: string): string => `\`${name}\``
const codes = (names: readonly string[]): string => names.map(code).join(', ')

function ruleOf({ due, roll, at, notBefore }: DateSpec): string {
  return [due, roll, at, notBefore && `notBefore ${notBefore}`].filter(Boolean).map(String).map(code).join(', ')
}

function byOf({ by, notBy = [], only }: CommandSpec, locale: Locale): string {
  const not = notBy.length === 0 ? [] : [`${locale === 'zh' ? '未办过' : 'who did not'} ${codes(notBy)}`]
  const named = only === undefined ? [] : [`${locale === 'zh' ? '限' : 'only'} ${code(only)}`]
  return [codes(by), ...not, ...named].join(locale === 'zh' ? '；' : '; ')
}

function whenOf({ opens, until }: CommandSpec, locale: Locale): string {
  const from = opens === undefined ? [] : [`${locale === 'zh' ? '自' : 'from'} ${code(opens)}`]
  const to = until === undefined ? [] : [`${locale === 'zh' ? '至' : 'until'} ${code(until)}`]
  return [...from, ...to].join(' ')
}

/** Columns as wide as they need to be; what would end a cell is written otherwise. */
function table(heading: string[], rows: string[][]): string {
  const written = rows.map((row) => row.map((cell) => cell.replaceAll('|', '\\|').replaceAll(/\s+/gu, ' ')))
  // A column in which nothing is said is left out.
  const used = heading.map((_, n) => n === 0 || written.some((row) => row[n] !== ''))
  const lines = [heading, ...written].map((row) => row.filter((_, n) => used[n]))
  const [top = [], ...body] = lines
  const widths = top.map((_, n) => Math.max(3, ...lines.map((row) => cells(row[n] ?? ''))))
  const line = (row: string[]): string => `| ${row.map((cell, n) => padded(cell, widths[n] ?? 0)).join(' | ')} |`
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  return [line(top), rule, ...body.map(line)].join('\n')
}

import {
  dayKind,
  explain,
  isOwnDate,
  reminders,
  type Definition,
  type Locale,
  type Resolved,
  type Text,
} from '@duban/engine'
import type { Settled } from '../definition.ts'

/** A date of the calendar, with all who have to do with it. */
export type Row = {
  name: string
  title: Text
  rule: string
  /** Null for a date that each instance has for itself. */
  on: string | null
  weekday: Text | null
  /** Why offices are closed on that day, if they are. */
  closed: Text | null
  edge: Text
  due: string | null
  provisional: boolean
  reminders: { offset: string; on: string | null }[]
  /** States that wait for it, and commands that it opens or ends. */
  waiting: { path: string; title: Text }[]
  opens: { command: string; title: Text }[]
  ends: { command: string; title: Text }[]
  source: string | null
  /** How it came about, step by step. */
  explanation: Text | null
}

const weekdays: readonly Text[] = [
  { zh: '周日', en: 'Sun' },
  { zh: '周一', en: 'Mon' },
  { zh: '周二', en: 'Tue' },
  { zh: '周三', en: 'Wed' },
  { zh: '周四', en: 'Thu' },
  { zh: '周五', en: 'Fri' },
  { zh: '周六', en: 'Sat' },
]
const edges: { readonly [at: string]: Text } = {
  'end of day': { zh: '止于24:00', en: 'ends 24:00' },
  'close of business': { zh: '止于17:30', en: 'ends 17:30' },
  'start of day': { zh: '始于00:00', en: 'begins 00:00' },
}

/** The calendar of a definition for a start day, by day; dates that instances have for themselves come last. */
export function rowsOf(definition: Definition, { dates, context }: Settled): Row[] {
  return Object.keys(definition.dates)
    .map((name) => rowOf(name, definition, dates[name], context))
    .toSorted((a, b) => compare(a.due ?? '9', b.due ?? '9'))
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function rowOf(name: string, definition: Definition, resolved: Resolved | undefined, context: Settled['context']): Row {
  const spec = definition.dates[name]
  if (!spec) throw new RangeError(`no date ${name}`)
  const known =
    resolved && !isOwnDate(name, definition.dates)
      ? new Map(
          reminders(spec, resolved, context).map(({ offset, at }) => [
            offset,
            // 09:00 of that day in Shanghai is 01:00 in UTC: the same day.
            at.slice(0, 10),
          ]),
        )
      : undefined
  const kind = resolved && dayKind(resolved.on, context.calendar)
  const idle = kind?.kind === 'weekend' || kind?.kind === 'holiday'
  return {
    name,
    title: spec.title,
    rule: spec.due,
    on: resolved?.on ?? null,
    weekday: resolved ? (weekdays[new Date(resolved.on).getUTCDay()] ?? null) : null,
    closed: idle ? (kind.name ?? { zh: '周末', en: 'weekend' }) : null,
    edge: edges[spec.at ?? 'end of day'] ?? { zh: '', en: '' },
    due: resolved?.due ?? null,
    provisional: resolved?.provisional ?? false,
    reminders: (spec.remind ?? []).map((offset) => ({ offset, on: known?.get(offset) ?? null })),
    waiting: Object.values(definition.kinds).flatMap(({ states, title }) =>
      states
        .filter(({ arrows }) => arrows.some(({ on }) => 'after' in on && on.after === name))
        .map(({ path, spec: { meta } }) => ({
          path: path.replace(/^machines\./u, ''),
          title: {
            zh: `${title.zh}·${meta?.title.zh ?? ''}`,
            en: `${title.en}: ${meta?.title.en ?? ''}`,
          },
        })),
    ),
    opens: windows('opens', name, definition),
    ends: windows('until', name, definition),
    source: spec.source ?? null,
    explanation: resolved ? { zh: explain(name, resolved, 'zh'), en: explain(name, resolved, 'en') } : null,
  }
}

function windows(edge: 'opens' | 'until', name: string, { commands }: Definition): Row['opens'] {
  return Object.entries(commands)
    .filter(([, command]) => command[edge] === name)
    .map(([command, { title }]) => ({ command, title }))
}

/** In words: who waits for a date, what it opens and what it ends. */
export function concerned({ waiting, opens, ends }: Row, locale: Locale): string[] {
  const told = {
    waits: { zh: '等待：', en: 'waits: ' },
    opens: { zh: '可办：', en: 'opens: ' },
    ends: { zh: '止办：', en: 'ends: ' },
  }
  return [
    ...waiting.map(({ title }) => told.waits[locale] + title[locale]),
    ...opens.map(({ title }) => told.opens[locale] + title[locale]),
    ...ends.map(({ title }) => told.ends[locale] + title[locale]),
  ]
}

import type { Entry } from '@duban/definitions'
import { latestCalendar, resolveDates, type DateContext, type Locale, type Resolved } from '@duban/engine'
import { folderOf, readFolder, type Read } from './folders.ts'
import { option, wrong, type Given, type Status } from './subcommand.ts'

type Found = Extract<Read, { entry: object }>['entry']

/** The definition that the first argument names, by id or folder; or what was said instead. */
export async function oneDefinition(given: Given): Promise<{ entry: Found } | { status: Status }> {
  const [which = ''] = given.positionals
  const folder = folderOf(which, given.io.cwd)
  if (folder === undefined) {
    const told = { zh: `没有定义“${which}”`, en: `there is no definition «${which}»` }
    return { status: wrong(given, told) }
  }
  const read = await readFolder(folder)
  if ('entry' in read) return { entry: read.entry }
  const lines = read.mistakes.map(({ path, reason }) => `  ${path}: ${reason}`).join('\n')
  const status = wrong(given, {
    zh: `定义“${which}”不能载入：\n${lines}`,
    en: `«${which}» cannot be loaded:\n${lines}`,
  })
  return { status }
}

/** As `oneDefinition`, for what plays it: that needs a demo plan. */
export async function playable(given: Given): Promise<{ entry: Entry } | { status: Status }> {
  const found = await oneDefinition(given)
  if ('status' in found) return found
  const { demo, ...entry } = found.entry
  if (demo) return { entry: { ...entry, demo } }
  const { name } = entry.definition
  const told = { zh: `${name} 没有演示计划`, en: `${name} has no demo plan` }
  return { status: wrong(given, told) }
}

export type Settled = {
  startsOn: string
  context: DateContext
  /** Each settled date with its steps; those that an instance has for itself are not here. */
  dates: { [name: string]: Resolved }
}

/**
 * The dates for `--start`; undefined when no start day was given. Dates that contradict each other for that
 * day are said, and nothing is drawn of them.
 */
export function factsFor(
  given: Given,
  { definition, demo }: Found,
  fallback: 'demo' | 'none' = 'none',
): Settled | { status: Status } | undefined {
  const startsOn = option(given, 'start') ?? (fallback === 'demo' ? demo?.startsOn : undefined)
  if (startsOn === undefined) return undefined
  const context: DateContext = { startsOn, timezone: 'Asia/Shanghai', calendar: latestCalendar }
  const { dates, problems } = resolveDates(definition.dates, context)
  if (problems.length === 0) return { startsOn, context, dates }
  const lines = (locale: Locale): string =>
    problems.map(({ path, message }) => `  ${path}: ${message[locale]}`).join('\n')
  const status = wrong(given, {
    zh: `日期互相矛盾：\n${lines('zh')}`,
    en: `the dates contradict each other:\n${lines('en')}`,
  })
  return { status }
}

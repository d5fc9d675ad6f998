import type { Text } from '../../data/text.ts'
import type { Finding, Linted, Rule } from './finding.ts'

/** Years that titles and phrases name and that are not the plan's, and sources that name several. */
export const years: Rule = (linted) => {
  const { startsOn, dates } = linted.campaign
  const planned = new Set([startsOn, ...Object.values(dates).map(({ on }) => on)].map(yearOf))
  const phrases = phrasesOf(linted).map((one) => ({ ...one, years: named(one.text) }))
  const all = [...new Set(phrases.flatMap((one) => one.years))].toSorted()
  const strange = all.filter((year) => !planned.has(year))
  return [
    ...(all.length > 1 ? [mixed(all)] : []),
    // One for each year: a plan of another year names it in every phrase.
    ...strange.flatMap((year) =>
      otherYear(
        year,
        phrases.filter((one) => one.years.includes(year)),
        yearOf(startsOn),
      ),
    ),
  ]
}

type Phrase = { path: string; text: string }
const yearOf = (day: string): string => day.slice(0, 4)
const digits = '〇一二三四五六七八九'

/** `2019年`, `二〇一九年`. Numbers of documents, 〔2019〕, name no year of the plan. */
function named(text: string): string[] {
  const arabic = text.replaceAll(/[〇零一二三四五六七八九]{4}(?=年)/gu, (year) =>
    Array.from(year.replaceAll('零', '〇'), (digit) => digits.indexOf(digit)).join(''),
  )
  return [...new Set(arabic.match(/(?<!\d)(?:19|20)\d\d(?=年)/gu))]
}

function of(path: string, { title, source }: { title?: Text; source?: string }): Phrase[] {
  return [title?.zh, source].flatMap((text) => (text === undefined ? [] : [{ path, text }]))
}

function phrasesOf({ definition, campaign }: Linted): Phrase[] {
  const table = (name: string, rows: { [row: string]: { title: Text; source?: string } }) =>
    Object.entries(rows).flatMap(([row, told]) => of(`${name}.${row}`, told))
  return [
    { path: 'title', text: campaign.title },
    ...of('definition', definition),
    ...table('roles', definition.roles),
    ...table('dates', definition.dates),
    ...table('commands', definition.commands),
    ...table('messages', definition.messages),
    ...Object.values(definition.kinds).flatMap(({ states }) =>
      states.flatMap(({ path, spec }) => of(path, spec.meta ?? {})),
    ),
  ]
}

function otherYear(year: string, [first, ...more]: Phrase[], plan: string): Finding[] {
  if (!first) return []
  const { path, text } = first
  const zh = more.length > 0 ? `等 ${more.length + 1} 处` : ''
  const en = more.length > 0 ? ` and ${more.length} more` : ''
  return [
    {
      grade: 'hint',
      code: 'other_year',
      path,
      message: {
        zh: `“${text}”${zh}说的是 ${year} 年，而计划从 ${plan} 年开始`,
        en: `“${text}”${en} ${more.length > 0 ? 'name' : 'names'} ${year}, but the plan starts in ${plan}`,
      },
    },
  ]
}

function mixed(all: string[]): Finding {
  return {
    grade: 'hint',
    code: 'years_mixed',
    path: 'definition',
    message: {
      zh: `原文所说的年份不一：${all.join('、')}`,
      en: `the sources name different years: ${all.join(', ')}`,
    },
  }
}

import type { Finding, Locale } from '@duban/engine'
import { cells, padded } from '../table.ts'
import type { Report } from './inspect.ts'

const words = {
  problem: { zh: '错误', en: 'mistake' },
  warning: { zh: '警告', en: 'warning' },
  hint: { zh: '提示', en: 'hint' },
  info: { zh: '说明', en: 'info' },
} as const

/** Whether something is wrong: it cannot be loaded or started, or it will go wrong. */
export function isWrong({ problems, findings }: Report): boolean {
  return problems.length > 0 || findings.some(({ grade }) => grade === 'warning')
}

/** A report for people, in their language. */
export function tell(report: Report, locale: Locale): string {
  const lines = [
    ...report.problems.map((problem) => ({
      grade: 'problem' as const,
      path: problem.path,
      told: 'reason' in problem ? problem.reason : problem.message[locale],
    })),
    ...report.findings.map(({ grade, path, message }) => ({ grade, path, told: message[locale] })),
  ]
  const wide = Math.max(0, ...lines.map(({ path }) => cells(path)))
  const grade = Math.max(...Object.values(words).map((word) => cells(word[locale])))
  return [
    heading(report, locale),
    ...lines.map((line) => `  ${padded(words[line.grade][locale], grade)}  ${padded(line.path, wide)}  ${line.told}`),
    `  ${summary(report, locale)}`,
    '',
  ].join('\n')
}

function heading({ definition, title, startsOn, units, people }: Report, locale: Locale): string {
  if (startsOn === undefined) return definition
  const plan =
    locale === 'zh'
      ? `${startsOn} 启动，${units} 个单位，${people} 人任职`
      : `starts on ${startsOn}, ${units} units, ${people} people`
  return `${definition} ${title?.[locale] ?? ''} (${plan})`
}

function summary({ problems, findings }: Report, locale: Locale): string {
  if (problems.length === 0 && findings.length === 0) {
    return locale === 'zh' ? '没有发现问题' : 'nothing to say'
  }
  const count = (grade: Finding['grade']): number => findings.filter((one) => one.grade === grade).length
  const counts = [
    ['problem', problems.length],
    ['warning', count('warning')],
    ['hint', count('hint')],
    ['info', count('info')],
  ] as const
  return counts
    .filter(([, n]) => n > 0)
    .map(([name, n]) =>
      locale === 'zh' ? `${n} 条${words[name].zh}` : `${n} ${words[name].en}${n > 1 && name !== 'info' ? 's' : ''}`,
    )
    .join(locale === 'zh' ? '，' : ', ')
}

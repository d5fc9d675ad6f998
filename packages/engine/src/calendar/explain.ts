import type { Locale, Text } from '../data/text.ts'
import type { Resolved } from './spec.ts'

/** One paragraph that tells an official how a date came about: rule, calendar and its version, each step. */
export function explain(name: string, resolved: Resolved, locale: Locale): string {
  const { on, rule, provisional, calendar } = resolved
  const steps = resolved.steps.map((step) => step[locale])
  const year = calendar.slice('CN-'.length)
  const told: Text = {
    zh:
      `${name}：${on}${provisional ? '（暂定）' : ''}。规则：${rule}。` +
      `工作日历：${calendar}，依据国务院办公厅截至 ${year} 年的放假安排通知。步骤：${steps.join('；')}。` +
      (provisional ? '所涉日期的放假安排尚未公布，公布后可重新计算。' : ''),
    en:
      `${name}: ${on}${provisional ? ' (provisional)' : ''}. Rule: ${rule}. ` +
      `Working-day calendar: ${calendar}, from the State Council's holiday notices up to ${year}. ` +
      `Steps: ${steps.join('; ')}.` +
      (provisional
        ? ' The official calendar of some of these days is not published yet; the date can be computed again when it is.'
        : ''),
  }
  return told[locale]
}

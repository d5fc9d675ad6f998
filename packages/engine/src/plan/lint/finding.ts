import type { Definition } from '../../definition/compiled.ts'
import type { Assignment, CampaignFacts } from '../../campaign/instance.ts'
import type { Text } from '../../data/text.ts'
import type { Holders } from './holders.ts'

/** `warning`: it will go wrong. `hint`: it may not be what was meant. `info`: good to know. */
export type Grade = 'warning' | 'hint' | 'info'

/** Something that a plan's readers should know; `path` is in the definition or in the plan, `code` is stable. */
export type Finding = { grade: Grade; code: string; path: string; message: Text }

/** A finding as the API shows it, where only warnings are shown. */
export type Warning = Omit<Finding, 'grade'>

/** What the rules look at. */
export type Linted = {
  definition: Definition
  campaign: CampaignFacts
  assignments: Assignment[]
  holders: Holders
}

export type Rule = (linted: Linted) => Finding[]

/** Some of many names: `甲、乙等 12 个`. */
export function some(titles: Text[]): Text {
  const shown = titles.slice(0, 3)
  const more = titles.length > shown.length
  return {
    zh: `${shown.map(({ zh }) => zh).join('、')}${more ? `等 ${titles.length} 个单位` : ''}`,
    en: `${shown.map(({ en }) => en).join(', ')}${more ? ` and ${titles.length - shown.length} more` : ''}`,
  }
}

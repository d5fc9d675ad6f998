import { dayKind } from '../../calendar/index.ts'
import type { Text } from '../../data/text.ts'
import type { Rule } from './finding.ts'

const weekend: Text = { zh: '周末', en: 'a weekend' }

/** Dates on which offices are closed, of which the definition does not say whether they move (民法典 203). */
export const idleDay: Rule = ({ definition, campaign }) =>
  Object.entries(campaign.dates).flatMap(([name, { on, override }]) => {
    const { title, roll = 'none', at } = definition.dates[name] ?? {}
    if (!title || roll !== 'none' || at === 'start of day' || override) return []
    const { kind, name: holiday = weekend } = dayKind(on, campaign.calendar)
    if (kind === 'workday' || kind === 'make-up workday') return []
    return [
      {
        grade: 'hint',
        code: 'not_a_workday',
        path: `dates.${name}`,
        message: {
          zh: `“${title.zh}”${on} 是${holiday.zh}，未说明是否顺延（roll）`,
          en: `«${title.en}», ${on}, is ${holiday.en}; nothing says whether it moves (roll)`,
        },
      },
    ]
  })

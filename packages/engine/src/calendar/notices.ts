import chineseDays from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import type { Text } from '../data/text.ts'

/**
 * A day for which a State Council notice (国务院办公厅关于部分节假日安排的通知) changes what its weekday
 * says. `notice` is the year that the notice is for.
 */
export type Special = { kind: 'holiday' | 'make-up workday'; name: Text; notice: number }

// The package abbreviates, and has one name that nobody uses.
const names: { readonly [zh: string]: Text } = {
  清明: { zh: '清明节', en: 'Tomb-Sweeping Day' },
  端午: { zh: '端午节', en: 'Dragon Boat Festival' },
  中秋: { zh: '中秋节', en: 'Mid-Autumn Festival' },
  中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日: {
    zh: '中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日',
    en: '70th anniversary of victory in the War of Resistance',
  },
}

// Missing in chinese-days 1.5.7. The notice for 2006 (国办发明电〔2005〕35号) ends its New Year paragraph with
// 12月31日(星期六)上班; without it the rest days of that notice do not balance.
const corrections = { '2005-12-31': "New Year's Day,元旦,1" }

/** Every special day of the data by its YYYY-MM-DD. */
export const specialDays: ReadonlyMap<string, Special> = new Map([
  ...read('holiday', chineseDays.holidays),
  ...read('make-up workday', { ...chineseDays.workdays, ...corrections }),
])

const notices = [...specialDays.values()].map(({ notice }) => notice)
export const firstNotice = Math.min(...notices)
export const lastNotice = Math.max(...notices)

function read(kind: Special['kind'], days: { readonly [day: string]: string }): (readonly [string, Special])[] {
  return Object.entries(days).map(([day, label]) => {
    const [en = '', zh = ''] = label.split(',')
    return [day, { kind, name: names[zh] ?? { zh, en }, notice: noticeOf(day) }]
  })
}

/** New Year's notice may reach back into December: 2018-12-29 was worked by the notice for 2019. */
function noticeOf(day: string): number {
  return Number(day.slice(0, 4)) + (day.slice(5, 7) === '12' ? 1 : 0)
}

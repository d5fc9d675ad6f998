import type { Locale } from '@duban/engine'
import { icon } from './card.ts'
import { widthOf } from './measure.ts'
import { element, n, text } from './xml.ts'

type Sign = 'command' | 'date' | 'tally' | 'message' | 'note' | 'detail'

/** A small sign before a line, so that it can be told without its colour. */
export function mark(about: Sign, x: number, y: number): string {
  const stroke = { class: `sign ${about}` }
  switch (about) {
    case 'command':
      return element('path', { d: `M${n(x - 3.5)} ${n(y - 4)}l7 4l-7 4z`, ...stroke })
    case 'date':
      return element('path', {
        d: `M${n(x + 4.5)} ${n(y)}a4.5 4.5 0 1 1 -9 0a4.5 4.5 0 1 1 9 0M${n(x)} ${n(y - 3)}v3h2.4`,
        ...stroke,
      })
    case 'tally':
      return element('path', { d: `M${n(x + 3.5)} ${n(y - 4)}h-7l4 4l-4 4h7`, ...stroke })
    case 'message':
      return element('path', {
        d: `M${n(x - 4.5)} ${n(y - 3)}h9v6.5h-9zl4.5 3.6l4.5 -3.6`,
        ...stroke,
      })
    case 'note':
      return element('circle', { cx: n(x), cy: n(y), r: 2, ...stroke })
    case 'detail':
      return ''
  }
}

const signs: { about: Sign; zh: string; en: string }[] = [
  { about: 'command', zh: '人员操作及角色', en: 'a command, and who may do it' },
  { about: 'date', zh: '日期届满及规则', en: 'a date has come, and its rule' },
  { about: 'tally', zh: '下级件数达到', en: 'so many children' },
  { about: 'message', zh: '消息', en: 'a message' },
  { about: 'note', zh: '系统随即所做', en: 'what the system does then' },
]

/** What the signs of a sheet mean, in one line. */
export function legend(locale: Locale, x: number, y: number, anywhere: boolean): string[] {
  let at = x
  const drawn = signs.flatMap(({ about, ...told }) => {
    const words = told[locale]
    const here = at
    at += icon + widthOf(words, 12) + 26
    return [mark(about, here + 5, y - 4), text(words, { x: n(here + icon), y, class: 'small' })]
  })
  const ring = { zh: '无论处于哪个环节', en: 'from wherever it stands' }[locale]
  const rings = anywhere
    ? [
        element('circle', { cx: at + 5, cy: y - 4, r: 5, class: 'anywhere' }),
        text(ring, { x: n(at + icon), y, class: 'small' }),
      ]
    : []
  if (anywhere) at += icon + widthOf(ring, 12) + 26
  const tones = [
    { tone: 'overdue', zh: '逾期', en: 'overdue' },
    { tone: 'final', zh: '终结', en: 'final' },
  ]
  return [
    ...drawn,
    ...rings,
    ...tones.flatMap(({ tone, ...told }) => {
      const here = at
      at += 26 + widthOf(told[locale], 12) + 22
      return [
        element('g', { class: `state ${tone}` }, [
          element('rect', { x: n(here), y: y - 11, width: 20, height: 14, rx: 3 }),
        ]),
        text(told[locale], { x: n(here + 26), y, class: 'small' }),
      ]
    }),
  ]
}

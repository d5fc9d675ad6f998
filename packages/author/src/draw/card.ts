import type { Box } from './chart.ts'
import { widthOf, wrapped } from './measure.ts'
import type { Line } from './words.ts'

/** One line of a card, with its baseline counted from the card's top, in px. */
export type CardLine = {
  text: string
  role: 'zh' | 'en' | 'tag' | Line['about']
  size: number
  baseline: number
  /** Whether it continues the line above. */
  more: boolean
}

/** The text of a state, broken into lines, and the size that it needs with its margins. */
export type Card = { lines: CardLine[]; width: number; height: number }

export const margin = 12
export const icon = 14
const sizes = { zh: 16, en: 12, tag: 11, note: 12 }
const MOST = 240

/** Title in both languages, tags, and what the state does by itself. */
export function cardOf({ title, tags, notes, inside }: Box): Card {
  const lines: CardLine[] = []
  let y = margin - 2
  const add = (text: string, role: CardLine['role'], size: number, indent = 0): void => {
    wrapped(text, size, MOST - indent).forEach((part, n) => {
      y += Math.round(size * 1.35)
      lines.push({ text: part, role, size, baseline: y - Math.round(size * 0.3), more: n > 0 })
    })
  }
  add(title.zh, 'zh', sizes.zh)
  add(title.en, 'en', sizes.en)
  if (tags.length > 0) add(tags.map((tag) => `#${tag}`).join('  '), 'tag', sizes.tag)
  if (notes.length > 0) y += 5
  for (const { text, about } of notes) add(text, about, sizes.note, icon)
  const widest = Math.max(...lines.map(({ text, size, role }) => widthOf(text, size) + (isNote(role) ? icon : 0)))
  const least = inside.length > 0 ? 0 : 110
  return { lines, width: Math.max(least, widest + 2 * margin), height: y + margin - 2 }
}

export function isNote(role: CardLine['role']): role is Line['about'] {
  return !['zh', 'en', 'tag'].includes(role)
}

export const label = { size: 12, line: 16, padding: 3 }

/** The size of the text on an arrow. */
export function labelOf(lines: Line[]): { width: number; height: number } {
  const widest = Math.max(0, ...lines.map(({ text }) => widthOf(text, label.size)))
  return {
    width: widest + icon + 2 * label.padding,
    height: lines.length * label.line + 2 * label.padding,
  }
}

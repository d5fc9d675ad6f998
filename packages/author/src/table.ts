import { stripVTControlCharacters } from 'node:util'

// Chinese characters and full-width signs take two cells of a terminal (Unicode's East Asian Width W and F).
const WIDE =
  /[\u{1100}-\u{115f}\u{2e80}-\u{303e}\u{3041}-\u{a4cf}\u{ac00}-\u{d7a3}\u{f900}-\u{faff}\u{fe30}-\u{fe4f}\u{ff00}-\u{ff60}\u{ffe0}-\u{ffe6}\u{20000}-\u{3fffd}]/u

/** How many cells of a terminal a text takes. */
export function cells(text: string): number {
  return Array.from(stripVTControlCharacters(text), (char) => (WIDE.test(char) ? 2 : 1)).reduce<number>(
    (sum, one) => sum + one,
    0,
  )
}

/** A text with blanks after it, up to so many cells. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - cells(text)))
}

/** Rows as a table: a heading, a rule, and columns as wide as they need to be. */
export function table(heading: string[], rows: string[][]): string {
  const widths = heading.map((title, column) => Math.max(cells(title), ...rows.map((row) => cells(row[column] ?? ''))))
  const line = (row: string[]): string =>
    row
      .map((cell, column) => padded(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd()
  return [line(heading), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.map(line)].join('\n')
}

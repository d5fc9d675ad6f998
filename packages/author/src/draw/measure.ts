// Fonts are not asked: the same drawing must come out on every machine. Widths are in em, on the wide side;
// dashes, quotation marks and dots are as wide as Chinese faces have them.
const WIDE =
  /[\u2013-\u2026\u{1100}-\u{115f}\u{2e80}-\u{a4cf}\u{ac00}-\u{d7a3}\u{f900}-\u{faff}\u{fe30}-\u{fe6f}\u{ff00}-\u{ff60}\u{20000}-\u{3fffd}]/u
const NARROW = /[ijltfrI.,:;'|!()[\]{}·-]/u
const BROAD = /[mwMW@%A-Z]/u

/** The width of a text in px, at a font size in px. */
export function widthOf(text: string, size: number): number {
  const em = Array.from(text, emOf).reduce((sum, one) => sum + one, 0)
  return Math.ceil(em * size)
}

function emOf(char: string): number {
  if (WIDE.test(char)) return 1
  if (NARROW.test(char)) return 0.36
  return BROAD.test(char) ? 0.74 : 0.58
}

/** Breaks a text into lines of at most `most` px; a word that is longer stands alone. */
export function wrapped(text: string, size: number, most: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const part of text.match(/[\u2e80-\uff60]|[^\s\u2e80-\uff60]+\s*|\s+/gu) ?? []) {
    // No line begins with what closes a phrase.
    const closing = /^[，。；：、）》”！？]/u.test(part)
    if (line !== '' && !closing && widthOf((line + part).trimEnd(), size) > most) {
      lines.push(line.trimEnd())
      line = ''
    }
    line += part
  }
  return [...lines, line.trimEnd()].filter((one) => one !== '')
}

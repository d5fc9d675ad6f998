import type { CampaignFacts, Definition, Locale } from '@duban/engine'
import { chartOf } from './chart.ts'
import { layout } from './layout.ts'
import { sheet } from './svg.ts'

export type Drawing = {
  kinds: string[]
  locale: Locale
  /** With a start day, dates are drawn with their days. */
  facts?: Pick<CampaignFacts, 'dates' | 'startsOn'>
}

/** The machines of a definition as one SVG document. */
export async function drawSvg(definition: Definition, { kinds, locale, facts }: Drawing): Promise<string> {
  const words = { definition, locale, ...(facts && { facts }) }
  const placed = []
  for (const kind of kinds) placed.push(await layout(chartOf(definition, kind, words)))
  return sheet(definition, placed, locale, facts?.startsOn)
}

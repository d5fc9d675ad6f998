import { getOwn } from '../../data/getOwn.ts'
import type { Rule } from './finding.ts'

/** Dates that somebody can still do something about, and of which nobody is reminded. */
export const unreminded: Rule = ({ definition }) => {
  const states = Object.values(definition.kinds).flatMap((kind) => kind.states)
  const waited = new Set(
    states
      .filter(({ arrows }) => arrows.some(({ on }) => 'event' in on && getOwn(definition.commands, on.event)))
      .flatMap(({ arrows }) => arrows.flatMap(({ on }) => ('after' in on ? [on.after] : []))),
  )
  return Object.entries(definition.dates)
    .filter(([name, { remind = [], at }]) => {
      // The beginning of something is waited for, not worked towards.
      return waited.has(name) && remind.length === 0 && at !== 'start of day'
    })
    .map(([name, { title }]) => ({
      grade: 'info',
      code: 'no_reminder',
      path: `dates.${name}`,
      message: {
        zh: `“${title.zh}”到期前不提醒任何人`,
        en: `nobody is reminded of «${title.en}»`,
      },
    }))
}

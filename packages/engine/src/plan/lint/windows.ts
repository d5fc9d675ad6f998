import { localText } from '../../calendar/index.ts'
import { getOwn } from '../../data/getOwn.ts'
import { earliest } from './earliest.ts'
import type { Finding, Linted, Rule } from './finding.ts'

/** Commands that nobody will ever be in time for: the window is empty, or over before their state begins. */
export const windows: Rule = (linted) => {
  const entered = earliest(linted.definition, linted.campaign)
  return Object.entries(linted.definition.commands).flatMap(([name, { title, opens, until }]) => {
    const { dates } = linted.campaign
    const end = until === undefined ? undefined : getOwn(dates, until)
    if (!end) return []
    const begin = opens === undefined ? undefined : getOwn(dates, opens)
    if (begin && begin.due >= end.due) {
      const message = {
        zh: `“${title.zh}”自 ${begin.on} 起至 ${end.on} 止，没有可办的时间`,
        en: `«${title.en}» opens on ${begin.on} and ends on ${end.on}: there is no time for it`,
      }
      return [{ grade: 'warning', code: 'empty_window', path: `commands.${name}.opens`, message }]
    }
    const first = firstTime(name, linted, entered)
    if (first === undefined || first < end.due) return []
    const told = localText(first, linted.campaign.timezone, { due: true })
    return [
      {
        grade: 'warning',
        code: 'never_in_time',
        path: `commands.${name}.until`,
        message: {
          zh: `“${title.zh}”须在 ${end.on} 前办理，而最早 ${told} 才轮到办理`,
          en: `«${title.en}» must be done by ${end.on}, but its turn comes at ${told} at the earliest`,
        },
      } satisfies Finding,
    ]
  })
}

/** When the first state that accepts a command can be entered. */
function firstTime(command: string, { definition }: Linted, entered: Map<string, string>): string | undefined {
  return Object.values(definition.kinds)
    .flatMap(({ name, states }) =>
      states
        .filter(({ arrows }) => arrows.some(({ on }) => 'event' in on && on.event === command))
        .flatMap(({ id }) => entered.get(`${name}.${id}`) ?? []),
    )
    .toSorted()[0]
}

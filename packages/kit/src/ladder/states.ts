import { notify, type StateSpec, type Text } from '@duban/engine'
import type { LadderOptions, LadderTable } from './options.ts'
import { dateName, rungs, stoodName, type Rung } from './rungs.ts'

/** The foot, a state for each rung, and where it is wanted the way back. */
export function statesOf(
  name: string,
  trouble: Text,
  table: LadderTable,
  used: readonly Rung[],
  { tell = [], from }: LadderOptions,
  again: boolean,
): { [state: string]: StateSpec } {
  const arrows = (next: Rung | undefined, over: Rung | undefined): Pick<StateSpec, 'on' | 'after'> => {
    if (next === undefined) return {}
    const { title = rungs[next], after, by } = table[next] ?? {}
    const told = [...new Set([...tell, ...(table[over ?? next]?.by ?? [])])]
    const news = notify(told, { zh: `{unit}：${title.zh}`, en: `{unit}: ${title.en}` })
    const arrow = {
      target: next,
      actions: told.length === 0 ? dateName(name, next) : [dateName(name, next), news],
    }
    return {
      ...(by !== undefined && { on: { [`${name}.${next}`]: arrow } }),
      ...(after !== undefined && { after: { [dateName(name, next)]: arrow } }),
    }
  }
  const stood = used.map((rung, index): [string, StateSpec] => {
    const { title = rungs[rung], source } = table[rung] ?? {}
    return [
      rung,
      {
        meta: {
          title: { zh: `已${title.zh}`, en: title.en },
          ...(source !== undefined && { source }),
        },
        tags: rung,
        ...arrows(used[index + 1], used[index + 2]),
      },
    ]
  })
  // Where the rungs count from a day, what was given for that day is not given again.
  const back = used.toReversed().map((rung) => ({ guard: stoodName(name, rung), target: rung }) as const)
  return {
    foot: {
      meta: { title: trouble },
      ...(from !== undefined && { always: back }),
      ...arrows(used[0], used[1]),
    },
    ...Object.fromEntries(stood),
    ...(again && {
      again: from === undefined ? { type: 'history', target: 'foot' } : { meta: { title: trouble }, always: 'foot' },
    }),
  }
}

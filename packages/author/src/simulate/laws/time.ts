import type { Law } from './fold.ts'

/** Law 3: a deadline binds at its instant, not when somebody comes by. */
export const onTime: Law = {
  name: 'a deadline is stamped with its due instant',
  scene: (_, { event, before }) => {
    if (event.type !== 'deadline' || !before) return undefined
    // Armed when its instant had passed, it fires when it is armed.
    const expected = event.due > before.at ? event.due : before.at
    return event.at === expected ? undefined : `${event.timer} due ${event.due} fired ${event.at}`
  },
}

export const dueFirst: Law = {
  name: 'what is due comes before what people ask',
  scene: ({ due }, { event }) => {
    const asked = event.type === 'command' || (event.type === 'act' && event.actor !== undefined)
    if (!asked) return undefined
    const late = [...due].filter(([, when]) => when <= event.at)
    return late.length === 0
      ? undefined
      : `${late.length} instances have something due by then, first ${late[0]?.join(' ')}`
  },
}

export const forwards: Law = {
  name: 'what is recorded goes forwards in time',
  scene: ({ at }, { event }) => (event.at >= at ? undefined : `it was recorded after ${at}`),
}

export const nothingLeft: Law = {
  name: 'nothing that is due waits',
  end: ({ due, world }) =>
    [...due].filter(([, when]) => when <= world.now()).map(([id, when]) => `${id} has waited since ${when}`),
}

import { isOver, needed, summarize, type Instance } from '@duban/engine'
import type { Law, Told } from './fold.ts'

const tally = /^(?:every|atLeast\.\d+%?)\.(?<kind>\w+)\.(?<tag>\w+)$/u

function childrenOf({ children, instances }: Told, parent: string, kind: string): Instance[] {
  return (children.get(parent) ?? []).map((id) => instances.get(id) as Instance).filter((one) => one.kind === kind)
}

function count(told: Told, parent: string, kind: string, tag: string): number {
  return childrenOf(told, parent, kind).filter(({ id }) => told.tags.get(id)?.includes(tag)).length
}

export const tallies: Law = {
  name: 'what a parent is told of its children is so',
  scene: (told, { event, transition }) => {
    const { kind = '', tag = '' } = (event.type === 'message' && tally.exec(event.message)?.groups) || {}
    if (event.type !== 'message' || kind === '') return undefined
    const parent = transition.instance
    const all = childrenOf(told, parent, kind)
    const { total } = event.payload as { total: number }
    if (total !== all.length) return `${event.message} of ${total}, but there are ${all.length}`
    const watch = watchOf(told, parent, event.message)
    const n = count(told, parent, kind, tag)
    // Within the same instant a child may have moved on since.
    const moved = all.some(({ at }) => at === event.at)
    return watch && n < needed(watch, total) && !moved ? `${event.message}, but only ${n} of ${total} are` : undefined
  },
  end: (told) =>
    [...told.instances.values()].flatMap((parent) => {
      const kind = told.world.definition.kinds[parent.kind]
      const watches = kind ? summarize(kind, parent.state).watches : []
      return watches.flatMap((watch) => {
        const n = count(told, parent.id, watch.kind, watch.tag)
        const total = childrenOf(told, parent.id, watch.kind).length
        const kept = told.world.tally(parent.id, watch.kind, watch.tag)
        const wrong = kept !== n ? [`${parent.id} ${watch.event}: ${kept} counted, ${n} are`] : []
        return n >= needed(watch, total) && !wasTold(told, parent.id, watch.event)
          ? [...wrong, `${parent.id} was never told ${watch.event}`]
          : wrong
      })
    }),
}

function watchOf(told: Told, id: string, event: string): Parameters<typeof needed>[0] | undefined {
  const parent = told.instances.get(id)
  const kind = parent && told.world.definition.kinds[parent.kind]
  return kind && summarize(kind, parent.state).watches.find((watch) => watch.event === event)
}

/** Told, and perhaps refused by a guard. */
function wasTold({ world }: Told, id: string, name: string): boolean {
  return world.log().some(({ transition: { instance, event } }) => {
    return instance === id && event.type === 'message' && event.message === name
  })
}

export const finished: Law = {
  name: 'below what is finished nothing goes on',
  end: ({ instances }) =>
    [...instances.values()]
      .filter(({ parent, state }) => {
        const above = parent === null ? undefined : instances.get(parent)
        return above && isOver(above.state.status) && !isOver(state.status)
      })
      .map(({ id, kind, parent }) => `${kind} ${id} goes on below ${parent}`),
}

export const sound: Law = {
  name: 'the definition does not fail',
  end: ({ world }) =>
    world
      .refusals()
      .filter(({ refusal }) => refusal.code === 'machine_failed')
      .map(({ instance, event, refusal }) => `${instance} ${event}: ${refusal.detail?.en ?? ''}`),
}

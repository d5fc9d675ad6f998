import type { CompiledKind } from '../../definition/compiled.ts'
import type { CampaignDate } from '../../campaign/instance.ts'
import { getOwn } from '../../data/getOwn.ts'
import type { StateNode } from '../../definition/states.ts'
import { targetOf, under } from '../../definition/target.ts'
import type { Finding, Linted, Rule } from './finding.ts'

/** Stages that end by a date, where the one that follows is due by then: what it produces is overdue at once. */
export const stages: Rule = (linted) =>
  Object.values(linted.definition.kinds).flatMap((kind) =>
    kind.states.flatMap((state) =>
      state.arrows.flatMap(({ on, spec: { target } }) => {
        const ends = 'after' in on ? getOwn(linted.campaign.dates, on.after) : undefined
        const to = target === undefined ? undefined : targetOf(kind.name, target, state, idsOf(kind))
        if (!ends || !('after' in on) || to === undefined) return []
        return entered(to, kind).flatMap((next) => dueBy(linted, on.after, ends, next))
      }),
    ),
  )

function idsOf({ states }: CompiledKind): Set<string> {
  return new Set(states.map(({ id }) => id))
}

/** A state, and those that begin inside it. */
function entered(id: string, kind: CompiledKind): StateNode[] {
  const state = kind.states.find((one) => one.id === id)
  if (!state) return []
  const inside =
    state.spec.type === 'parallel'
      ? kind.states.filter(({ parent }) => parent === id).map((one) => one.id)
      : state.spec.initial === undefined
        ? []
        : [under(id, state.spec.initial)]
  return [state, ...inside.flatMap((one) => entered(one, kind))]
}

function dueBy({ definition, campaign }: Linted, before: string, ends: CampaignDate, { arrows }: StateNode): Finding[] {
  return arrows.flatMap(({ on, path }) => {
    const due = 'after' in on ? getOwn(campaign.dates, on.after) : undefined
    if (!due || !('after' in on) || due.due > ends.due) return []
    const [late, stage] = [on.after, before].map((name) => definition.dates[name]?.title)
    return [
      {
        grade: 'warning',
        code: 'due_before_stage_ends',
        path,
        message: {
          zh: `“${late?.zh}”${due.on} 到期，而其前一阶段“${stage?.zh}”${ends.on} 才结束`,
          en: `«${late?.en}» is due on ${due.on}, but the stage before it, «${stage?.en}», ends on ${ends.on}`,
        },
      },
    ]
  })
}

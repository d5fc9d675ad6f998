import { childCount, EFFECTS_PER_STEP, type Effect } from '@duban/engine'
import type { Tx } from '../database/open.ts'
import type { Database } from '../database/schema.ts'
import type { Insertable } from 'kysely'
import type { Inherited } from './open.ts'
import type { Step } from './work.ts'

type Rows = {
  opening: Insertable<Database['opening']>[]
  broadcast: Insertable<Database['broadcast']>[]
  message: Insertable<Database['message']>[]
  notice: Insertable<Database['notice']>[]
  assignment: Insertable<Database['assignment']>[]
}

/** Carries out what the steps asked for beside their own instances, by rows that others will find. */
export async function appendEffects(tx: Tx, steps: Step[]): Promise<void> {
  const rows: Rows = {
    opening: [],
    broadcast: [],
    message: [],
    notice: [],
    assignment: [],
  }
  const revoked: { campaign: string; id: string; at: string }[] = []
  for (const step of steps) {
    assignmentsAtCreation(step, rows)
    step.effects.forEach((effect, index) => {
      if (effect.type === 'revoke') {
        revoked.push({
          campaign: step.after.campaign,
          id: effect.assignment,
          at: step.recorded.transition.event.at,
        })
      } else {
        rowFor(step, effect, index, rows)
      }
    })
  }
  for (const table of Object.keys(rows) as (keyof Rows)[]) {
    if (rows[table].length > 0) {
      // Long lists of assignments: PostgreSQL takes at most 65,535 parameters in one statement.
      for (let i = 0; i < rows[table].length; i += 5_000) {
        await tx
          .insertInto(table)
          .values(rows[table].slice(i, i + 5_000))
          .execute()
      }
    }
  }
  for (const { campaign, id, at } of revoked) {
    await tx
      .updateTable('assignment')
      .set({ revoked_at: at })
      .where('campaign_id', '=', campaign)
      .where('id', '=', id)
      .where('revoked_at', 'is', null)
      .execute()
  }
}

function assignmentsAtCreation(step: Step, rows: Rows): void {
  const { event } = step.recorded.transition
  if (event.type !== 'open') return
  for (const assignment of event.assignments ?? []) rows.assignment.push(assignmentRow(step, assignment))
}

function assignmentRow(
  step: Step,
  assignment: (Effect & { type: 'grant' })['assignment'],
): Insertable<Database['assignment']> {
  return {
    campaign_id: step.after.campaign,
    id: assignment.id,
    role: assignment.role,
    person_id: assignment.person,
    unit_id: assignment.unit ?? null,
    from_at: assignment.from ?? null,
    until_at: assignment.until ?? null,
    granted: JSON.stringify(assignment),
    revoked_at: null,
  }
}

function rowFor(step: Step, effect: Effect, index: number, rows: Rows): void {
  const { after, recorded, loaded } = step
  const at = recorded.transition.event.at
  // Orders the openings and broadcasts of one parent.
  const number = String(after.version * EFFECTS_PER_STEP + index)
  const from = {
    campaign_id: after.campaign,
    from_id: after.id,
    from_version: after.version,
    from_hash: recorded.hash,
    at,
  }
  switch (effect.type) {
    case 'open': {
      const inherited: Inherited = {
        depth: loaded.depth + 1,
        unit: after.unit,
        unitPath: loaded.unitPath,
        adjustments: after.state.adjustments,
        performedBy: after.state.performedBy,
      }
      const total = childCount(effect, loaded.facts, after)
      rows.opening.push({
        ...from,
        number,
        kind: effect.kind,
        effect: JSON.stringify(effect),
        inherited: JSON.stringify(inherited),
        total,
        finished: total === 0,
      })
      break
    }
    case 'tellChildren':
      rows.broadcast.push({
        ...from,
        number,
        kind: effect.kind,
        type: 'message',
        name: effect.message,
        payload: JSON.stringify(effect.payload),
      })
      break
    case 'actOnChildren':
      rows.broadcast.push({
        ...from,
        number,
        kind: null,
        type: 'act',
        name: effect.act,
        payload: JSON.stringify(effect.payload),
      })
      break
    case 'tellParent':
      if (after.parent !== null) {
        rows.message.push({
          ...from,
          to_id: after.parent,
          n: index,
          depth: loaded.depth - 1,
          name: effect.message,
          payload: JSON.stringify(effect.payload),
        })
      }
      break
    case 'notify':
      rows.notice.push({
        campaign_id: after.campaign,
        instance_id: after.id,
        version: after.version,
        n: index,
        at,
        roles: effect.to,
        unit_path: loaded.unitPath,
        text_zh: effect.text.zh,
        text_en: effect.text.en,
      })
      break
    case 'grant':
      rows.assignment.push(assignmentRow(step, effect.assignment))
      break
    case 'revoke':
      break
  }
}

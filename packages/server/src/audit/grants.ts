import {
  authorize,
  authorizeAct,
  canonical,
  isAct,
  type Asker,
  type Assignment,
  type CampaignFacts,
  type Definition,
  type Instance,
  type Transition,
} from '@duban/engine'
import type { Db } from '../database/open.ts'
import { instanceHistory } from './history.ts'

/** By the id of the assignment. */
export type Grants = Map<string, { assignment: Assignment; from: string; until: string | null }>

/** Who held what, from when to when, as the root's history tells it. */
export async function grantsOf(db: Db, campaign: string): Promise<Grants> {
  const grants: Grants = new Map()
  for await (const { record } of instanceHistory(db, campaign, campaign)) {
    try {
      note(grants, (JSON.parse(record) as Transition).event)
    } catch {
      // Somebody wrote into this record; the replay of the root names it.
    }
  }
  return grants
}

function note(grants: Grants, event: Transition['event']): void {
  const grant = (assignment: Assignment): void => {
    grants.set(assignment.id, { assignment, from: event.at, until: null })
  }
  if (event.type === 'open') for (const assignment of event.assignments ?? []) grant(assignment)
  if (event.type !== 'act') return
  const { assignment } = event.payload
  if (event.act === 'assignment.grant') grant(assignment as unknown as Assignment)
  if (event.act === 'assignment.revoke') {
    const known = grants.get(assignment as string)
    if (known) known.until ??= event.at
  }
}

/**
 * Decides the permission of a recorded act, or of a campaign's start (`instance` is null), again, on the grants and revocations that the root recorded.
 * Undefined when it was permitted, by the authority that it names.
 */
export function permission(
  definition: Definition,
  campaign: CampaignFacts,
  grants: Grants,
  { event }: Transition,
  instance: Instance | null,
): string | undefined {
  if (event.type !== 'command' && event.type !== 'act' && event.type !== 'open') return undefined
  const { actor, at } = event
  if (!actor) return undefined
  const command = event.type === 'command' ? event.command : event.type === 'act' ? event.act : 'campaign.start'
  const { role, assignment: id } = actor.authority
  const asker: Asker = {
    person: actor.person,
    home: actor.home,
    // Built-in roles come from the token and the list of people, not from the campaign: taken as recorded.
    builtIn: role === 'administrator' || role === 'organiser' ? [role] : [],
  }
  const granted = id === undefined ? undefined : grants.get(id)
  const held = granted?.assignment.person === actor.person && granted.from <= at && at <= (granted.until ?? at)
  const assignments = granted && held ? [granted.assignment] : []
  const who = `${command} by ${actor.person}`
  if (!isAct(command) && assignments.length === 0) {
    return `${who} names an assignment that was not in force`
  }
  const decided = instance
    ? authorize({ definition, campaign, assignments, instance }, { command, at, asker })
    : authorizeAct(campaign, asker)
  if (!decided.ok) return `${who} was not permitted: ${decided.refusal.code}`
  return canonical(decided.authority) === canonical(actor.authority)
    ? undefined
    : `${who} names another authority than the assignment gives`
}

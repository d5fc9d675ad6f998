import type { Definition } from '../definition/compiled.ts'
import { dateFor } from '../run/dates.ts'
import type { CommandSpec } from '../definition/spec.ts'
import type { Authority } from '../campaign/event.ts'
import type { Instant } from '../calendar/index.ts'
import type { Assignment, CampaignFacts, Instance } from '../campaign/instance.ts'
import type { Json } from '../data/json.ts'
import { getOwn } from '../data/getOwn.ts'
import { refuse, type Refusal, type Refused } from '../campaign/refusal.ts'
import { adminRoles, isAct, type BuiltInRole } from '../definition/roles.ts'

/** Who asks: the path of their own unit, outermost first, and the built-in roles that they hold. */
export type Asker = { person: string; home: string[]; builtIn: BuiltInRole[] }

export type Request = { command: string; at: Instant; asker: Asker }

/** The facts of which permission is decided, all of them recorded. */
export type AuthorizationInput = {
  definition: Definition
  campaign: CampaignFacts
  /** The asker's assignments in this campaign that are not revoked. */
  assignments: Assignment[]
  instance: Pick<Instance, 'unit' | 'state'>
}

export type Authorized = { ok: true; authority: Authority } | Refused

/**
 * The one place where permission is decided (law 6). Order of the rules: the role, the window,
 * who is named, recusal, four eyes. Among several assignments the first (by id) that passes all rules is taken; when
 * none does, the refusal of the one that got furthest is told.
 */
export function authorize(grounds: AuthorizationInput, request: Request): Authorized {
  if (isAct(request.command)) return authorizeAct(grounds.campaign, request.asker)
  const command = getOwn(grounds.definition.commands, request.command)
  if (!command) return refuse('unknown_command', { rule: request.command })

  const held = grounds.assignments
    .filter((one) => one.person === request.asker.person && command.by.includes(one.role))
    .filter((one) => inForce(one, request.at) && covers(one, grounds))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
  if (held.length === 0) return refuse('role_required', { rule: command.by.join(' | ') })

  const window = outsideWindow(grounds, request, command)
  if (window) return { ok: false, refusal: window }

  const refusals: Refusal[] = []
  for (const assignment of held) {
    const refusal = conflict(assignment, grounds, request, command)
    if (!refusal) return { ok: true, authority: authorityOf(assignment) }
    refusals.push(refusal)
  }
  const furthest = refusals.find(({ code }) => code === 'four_eyes') ?? refusals[0]
  return furthest ? { ok: false, refusal: furthest } : refuse('role_required')
}

function authorityOf({ role, id, onBehalfOf }: Assignment): Authority {
  return { role, assignment: id, ...(onBehalfOf && { onBehalfOf: onBehalfOf.person }) }
}

function inForce({ from, until }: Assignment, at: Instant): boolean {
  return (from === undefined || from <= at) && (until === undefined || at < until)
}

/** A unit's role reaches the instances of that unit and of the units below it. */
function covers(assignment: Assignment, { definition, campaign, instance }: AuthorizationInput): boolean {
  const role = getOwn(definition.roles, assignment.role)
  if (!role) return false
  if (role.scope === 'campaign') return true
  if (instance.unit === null || assignment.unit === undefined) return false
  return pathOf(campaign, instance.unit).includes(assignment.unit)
}

function pathOf({ units }: CampaignFacts, unit: string): string[] {
  return unitIndex(units).get(unit) ?? [unit]
}

// A campaign's units never change, so the index over them is made once.
const indexes = new WeakMap<CampaignFacts['units'], Map<string, string[]>>()
function unitIndex(units: CampaignFacts['units']): Map<string, string[]> {
  const known = indexes.get(units)
  if (known) return known
  const made = new Map(units.map(({ id, path }) => [id, path]))
  indexes.set(units, made)
  return made
}

function outsideWindow(
  { campaign, instance }: AuthorizationInput,
  { at }: Request,
  { opens, until }: { opens?: string; until?: string },
): Refusal | undefined {
  const { adjustments } = instance.state
  const begin = opens === undefined ? undefined : dateFor(campaign, adjustments, opens)
  if (begin && at < begin.due) {
    return { code: 'not_yet_open', rule: opens ?? '', issues: { opens: begin.due } }
  }
  const end = until === undefined ? undefined : dateFor(campaign, adjustments, until)
  if (end && at >= end.due) {
    return { code: 'late', rule: until ?? '', issues: { due: end.due } }
  }
  return undefined
}

/**
 * Recusal and four eyes bind the person and the one in whose place they act; recusal wherever they belonged
 * when the role was granted, and wherever they belong now.
 */
function conflict(
  assignment: Assignment,
  { definition, instance }: AuthorizationInput,
  { asker }: Request,
  { notBy = [], only }: Pick<CommandSpec, 'notBy' | 'only'>,
): Refusal | undefined {
  const persons = [assignment.person, assignment.onBehalfOf?.person]
  if (only !== undefined && !namedIn(instance.state, only).some((one) => persons.includes(one))) {
    return { code: 'not_named', rule: only }
  }
  const role = getOwn(definition.roles, assignment.role)
  const homes = [asker.home, assignment.home, assignment.onBehalfOf?.home ?? []].flat()
  if (role?.recused === 'ownUnit' && instance.unit !== null && homes.includes(instance.unit)) {
    return { code: 'recused', rule: assignment.role }
  }
  const did = notBy.find((other) =>
    (getOwn(instance.state.performedBy, other) ?? []).some((person) => persons.includes(person)),
  )
  return did === undefined ? undefined : { code: 'four_eyes', rule: did }
}

/** The persons that a context names at a path: one, or a list of them. */
function namedIn({ snapshot }: Pick<Instance['state'], 'snapshot'>, path: string): string[] {
  const value = path
    .split('.')
    .reduce<Json | undefined>(
      (at, key) => (typeof at === 'object' && at !== null && !Array.isArray(at) ? getOwn(at, key) : undefined),
      { context: snapshot['context'] ?? null },
    )
  return [value].flat().filter((one) => typeof one === 'string')
}

/**
 * Who steers a campaign, from its start on: organisers those of their own unit's subtree, administrators all. An
 * administrator who is also an organiser acts as administrator.
 */
export function authorizeAct(campaign: Pick<CampaignFacts, 'organiser'>, asker: Asker): Authorized {
  const own = asker.home.at(-1)
  const holds = (role: BuiltInRole): boolean => asker.builtIn.includes(role)
  if (holds('administrator')) return { ok: true, authority: { role: 'administrator' } }
  if (holds('organiser') && own !== undefined && campaign.organiser.path.includes(own)) {
    return { ok: true, authority: { role: 'organiser' } }
  }
  return refuse('role_required', { rule: adminRoles.join(' | ') })
}

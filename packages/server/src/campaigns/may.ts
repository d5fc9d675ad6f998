import {
  acts,
  authorize,
  dateFor,
  isAct,
  isOver,
  MOST_CHOICES,
  payloadSchema,
  withChoices,
  type Asker,
  type Assignment,
  type CampaignFacts,
  type Definition,
  type Instance,
  type Instant,
  type Json,
  type Text,
} from '@duban/engine'

export type Offer = {
  command: string
  title: Text
  /** By when: the command's own date, else the instance's next deadline. */
  due: Instant | null
  /** JSON Schema of the payload. */
  schema: Json
}

/**
 * What this person may do on an instance at an instant, by the same `authorize` that decides when they do
 * it. A command behind a guard is offered: only its payload can tell whether the guard lets it through.
 */
export function offers(
  definition: Definition,
  facts: CampaignFacts,
  assignments: Assignment[],
  instance: Instance,
  accepts: string[],
  asker: Asker,
  at: Instant,
  /** Who holds each role: the persons whom a payload may name. */
  holders: { [role: string]: string[] } = {},
): Offer[] {
  if (isOver(instance.state.status)) return []
  const grounds = { definition, campaign: facts, assignments, instance }
  const may = (command: string): boolean => authorize(grounds, { command, at, asker }).ok
  const next = nextDeadline(instance)
  const choices = {
    unit: facts.units.length <= MOST_CHOICES ? facts.units.map(({ id }) => id) : [],
    person: [...new Set(Object.values(holders).flat())].toSorted(),
    holders,
  }
  const commands =
    instance.state.status === 'active' ? accepts.filter((name) => definition.commands[name] && may(name)) : []
  return [
    ...commands.map((command) => {
      const spec = definition.commands[command] as Definition['commands'][string]
      const until = spec.until && dateFor(facts, instance.state.adjustments, spec.until)
      return {
        command,
        title: spec.title,
        due: until ? until.due : next,
        schema: withChoices(payloadSchema(spec.payload), choices),
      }
    }),
    ...Object.entries(acts)
      .filter(([name, act]) => act.asked && (!act.rootOnly || instance.parent === null) && may(name))
      .filter(([name]) => fits(name, instance))
      .map(([command, act]) => ({
        command,
        title: act.title,
        due: null,
        schema: payloadSchema(act.payload),
      })),
  ]
}

/** Resume only what is suspended; suspend, extend and migrate only what is not. */
function fits(act: string, { state }: Instance): boolean {
  const suspended = state.status === 'suspended'
  if (act === 'campaign.resume') return suspended
  if (['campaign.suspend', 'campaign.extend', 'campaign.migrate'].includes(act)) return !suspended
  return isAct(act)
}

function nextDeadline({ state }: Instance): Instant | null {
  return (
    Object.values(state.timers)
      .filter(({ reminder }) => reminder === undefined)
      .map(({ due }) => due)
      .toSorted()[0] ?? null
  )
}

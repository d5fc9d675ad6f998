import { demoOrganisation, type DemoPlan, type Entry } from '@duban/definitions'
import {
  createWorld,
  derivedId,
  planCampaign,
  type Asker,
  type Assignment,
  type CampaignUnit,
  type World,
} from '@duban/engine'

type Duty = DemoPlan['duties'][number]

/** Who plays in a simulated campaign: the demo organisation, with as many participating units as asked for. */
export type Cast = {
  units: CampaignUnit[]
  people: (Asker & { name: string })[]
  duties: Duty[]
  organiser: string
}

/**
 * The demo plan of an entry, grown or shrunk to about so many units: whole trees of participating units are
 * left out, or doubled with their people. Without a number, the plan as it is.
 */
export function castOf({ demo }: Entry, units?: number): Cast {
  const { units: taking, duties } = demo
  const tops = taking.filter(
    (unit) =>
      !pathTo(unit)
        .slice(0, -1)
        .some((one) => taking.includes(one)),
  )
  const trees = tops.map((top) => taking.filter((unit) => pathTo(unit).includes(top)))
  const wanted = units ?? taking.length
  const cast: Cast = {
    units: [],
    people: demoOrganisation.people.map(({ id, name, unit, builtIn }) => ({
      person: id,
      name,
      home: pathTo(unit),
      builtIn,
    })),
    duties: duties.filter(({ unit }) => unit === undefined || !taking.includes(unit)),
    organiser: demo.organiser,
  }
  for (let turn = 0; cast.units.length < wanted; turn += 1) {
    const tree = trees[turn % trees.length] ?? []
    if (cast.units.length > 0 && cast.units.length + tree.length > wanted) break
    enlist(cast, demo, tree, Math.floor(turn / trees.length))
  }
  return cast
}

/** A tree of units joins; from the second time on under names of its own, its people too. */
function enlist(cast: Cast, { duties }: DemoPlan, tree: string[], copy: number): void {
  const renamed = (id: string): string => (copy === 0 ? id : `${id}-${copy + 1}`)
  const inTree = new Set(tree)
  for (const id of tree) {
    const found = demoOrganisation.units.find((unit) => unit.id === id)
    const { zh, en } = found?.title ?? { zh: id, en: id }
    const title = copy === 0 ? { zh, en } : { zh: `${zh}${copy + 1}`, en: `${en} ${copy + 1}` }
    const path = pathTo(id).map((unit) => (inTree.has(unit) ? renamed(unit) : unit))
    cast.units.push({ id: renamed(id), title, path })
  }
  for (const duty of duties) {
    if (duty.unit === undefined || !inTree.has(duty.unit)) continue
    const person = renamed(duty.person)
    cast.duties.push({ ...duty, person, unit: renamed(duty.unit) })
    if (cast.people.some((one) => one.person === person)) continue
    const original = cast.people.find((one) => one.person === duty.person)
    if (!original) continue
    const home = original.home.map((unit) => (inTree.has(unit) ? renamed(unit) : unit))
    cast.people.push({ person, name: `${original.name}${copy + 1}`, home, builtIn: [] })
  }
}

function pathTo(unit: string): string[] {
  const path: string[] = []
  for (let at: string | null = unit; at !== null;) {
    path.unshift(at)
    const id: string = at
    at = demoOrganisation.units.find((one) => one.id === id)?.parent ?? null
  }
  return path
}

/** Starts the campaign of a cast at eight in the morning of its start day. @throws when the plan is refused */
export function startWorld({ definition, demo }: Entry, cast: Cast): World {
  const homeOf = (person: string): string[] => cast.people.find((one) => one.person === person)?.home ?? []
  const organiser = homeOf(cast.organiser)
  const planned = planCampaign(definition, {
    id: derivedId(definition.name, demo.startsOn, String(cast.units.length)),
    title: demo.title,
    startsOn: demo.startsOn,
    timezone: 'Asia/Shanghai',
    organiser: { unit: organiser.at(-1) ?? '', path: organiser },
    units: cast.units,
    assignments: cast.duties.map(({ person, role, unit }): Assignment => ({
      id: derivedId(definition.name, person, role, unit ?? ''),
      role,
      person,
      home: homeOf(person),
      ...(unit !== undefined && { unit }),
    })),
  })
  if (!planned.ok) throw new Error(`${definition.name}: ${JSON.stringify(planned.refusal)}`)
  const created = createWorld(definition, {
    facts: planned.facts,
    assignments: planned.assignments,
    people: cast.people,
    by: cast.organiser,
    at: new Date(`${demo.startsOn}T08:00:00+08:00`).toISOString(),
  })
  if (!created.ok) throw new Error(`${definition.name}: ${JSON.stringify(created.refusal)}`)
  return created.world
}

import type { DemoPerson, DemoUnit } from '@duban/definitions'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { repository } from './folders.ts'

/** Units and people to plan with, as `PUT /api/units` and `PUT /api/people` take them. */
export type Organisation = {
  units: DemoUnit[]
  people: Pick<DemoPerson, 'id' | 'unit'>[]
}

/** The demo organisation, loaded by itself: the catalogue cannot be while a definition has mistakes. */
export async function demoOrganisation(): Promise<Organisation> {
  const file = join(repository, 'packages/definitions/src/demo/organisation.ts')
  const loaded = (await import(pathToFileURL(file).href)) as { demoOrganisation: Organisation }
  return loaded.demoOrganisation
}

/** The units from the top down to this one. */
export function pathTo({ units }: Organisation, id: string): string[] {
  const parents = new Map(units.map((unit) => [unit.id, unit.parent]))
  const path: string[] = []
  for (let at: string | null | undefined = id; at && !path.includes(at); at = parents.get(at)) {
    path.unshift(at)
  }
  return path
}

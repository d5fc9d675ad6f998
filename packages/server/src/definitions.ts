import type { Definition } from '@duban/engine'

/** The definitions that this server was built with. */
export type Definitions = {
  all: Definition[]
  byName: (name: string) => Definition | undefined
  /** The newest version, or the one given. */
  find: (id: string, version?: number) => Definition | undefined
}

/** A campaign runs on a version that this server was not built with: one with a newer release can go on. */
export class DefinitionUnavailable extends Error {
  readonly definition: string

  constructor(name: string) {
    super(`${name}, on which the campaign runs, is not among the definitions of this server`)
    this.definition = name
  }
}

export function indexDefinitions(all: Definition[]): Definitions {
  const byName = new Map(all.map((one) => [one.name, one]))
  const newest = new Map<string, Definition>()
  for (const one of all) {
    const known = newest.get(one.id)
    if (!known || known.version < one.version) newest.set(one.id, one)
  }
  return {
    all,
    byName: (name) => byName.get(name),
    find: (id, version) => (version === undefined ? newest.get(id) : byName.get(`${id}@${version}`)),
  }
}

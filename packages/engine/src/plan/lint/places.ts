import { isForUnits } from '../../definition/actions.ts'
import type { Definition } from '../../definition/compiled.ts'
import type { CampaignUnit } from '../../campaign/instance.ts'
import { opensOf } from '../../definition/states.ts'

type Place = CampaignUnit | null

/** Where the instances of each kind stand: for units, for none, or for either. */
export function placesOf({ kinds }: Definition, units: CampaignUnit[]): Map<string, Place[]> {
  const known = new Map<string, Set<'unit' | 'none'>>([['campaign', new Set(['none'])]])
  const learn = (kind: string, places: Iterable<'unit' | 'none'>): boolean => {
    const before = known.get(kind) ?? new Set()
    const after = before.union(new Set(places))
    known.set(kind, after)
    return after.size > before.size
  }
  const all = Object.values(kinds).flatMap(({ name, states }) =>
    opensOf(states).map((params) => ({ opener: name, params })),
  )
  // A child stands where its opener does, unless it is opened for units.
  for (let grows = true; grows;) {
    grows = all
      .map(({ opener, params }) => {
        const forUnits = isForUnits(params)
        const own = forUnits || params.unit !== undefined
        return learn(params.kind, own ? ['unit'] : (known.get(opener) ?? []))
      })
      .includes(true)
  }
  return new Map(
    [...known].map(([kind, places]) => [
      kind,
      [...places].flatMap((place): Place[] => (place === 'unit' ? units : [null])),
    ]),
  )
}

import type { SampleForms } from '../sampleForms.ts'
import type { Session } from './context.ts'
import { outstanding, type Presence } from './roll.ts'

const day = (at: string, after: number): string =>
  new Date(Date.parse(at) + after * 86_400_000).toISOString().slice(0, 10)

/** How an office would fill in the forms of a session: days that come soon, rolls on which some are absent. */
export function sessionSampleForms(name: string, excusedToo = false): SampleForms {
  const found: readonly Presence[] = ['present', 'present', 'present', 'excused', 'absent']
  const settling: SampleForms[string] = ({ context, payload, pick }) => {
    const left = outstanding((context as { [key: string]: Session })[name] as Session, excusedToo)
    return left.length === 0 ? payload : { ...(payload as object), person: pick(left) }
  }
  return {
    [`${name}.announce`]: ({ payload, at, pick }) => ({
      ...(payload as object),
      heldOn: day(at, pick([3, 7, 14, 30])),
    }),
    [`${name}.postpone`]: ({ payload, at, pick }) => ({
      ...(payload as object),
      heldOn: day(at, pick([3, 7, 14])),
    }),
    [`${name}.record`]: ({ payload, at, pick }) => {
      const { roll, ...more } = payload as { roll: { person: string }[] }
      const expected = [...new Set(roll.map(({ person }) => person))]
      return {
        ...more,
        heldOn: day(at, 0),
        roll: expected.map((person) => ({ person, was: pick(found) })),
      }
    },
    [`${name}.makeUp`]: settling,
    [`${name}.waive`]: settling,
  }
}

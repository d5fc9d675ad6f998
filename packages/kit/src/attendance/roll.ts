/** How an expected participant was found at the roll call. */
export const presence = {
  present: { zh: '到会', en: 'Present' },
  excused: { zh: '请假', en: 'Excused' },
  absent: { zh: '缺席', en: 'Absent' },
} as const
export type Presence = keyof typeof presence

export type RollLine = { person: string; was: Presence }

/** One meeting or training: its roll, who made it up (补课), and who was let off. */
export type Sitting = {
  roll: readonly RollLine[]
  madeUp: readonly { person: string }[]
  waived: readonly { person: string }[]
}

/** Who missed it: the absent, and where the plan says so the excused as well. In the order of the roll. */
export function missed(roll: readonly RollLine[], excusedToo = false): string[] {
  return roll.filter(({ was }) => was === 'absent' || (excusedToo && was === 'excused')).map(({ person }) => person)
}

/** Who has still to make it up. */
export function outstanding({ roll, madeUp, waived }: Sitting, excusedToo = false): string[] {
  const settled = new Set([...madeUp, ...waived].map(({ person }) => person))
  return missed(roll, excusedToo).filter((person) => !settled.has(person))
}

/** Sittings of one person: `expected` = `present` + `excused` + `absent`; `madeUp` counts among the latter two. */
export type Counts = {
  expected: number
  present: number
  excused: number
  absent: number
  madeUp: number
}

/** Counts by person over the sittings of a year; add to those that are known already. */
export function countAttendance(
  sittings: readonly Pick<Sitting, 'roll' | 'madeUp'>[],
  known: { readonly [person: string]: Counts } = {},
): { [person: string]: Counts } {
  const counts = new Map(Object.entries(known))
  for (const { roll, madeUp } of sittings) {
    const caughtUp = new Set(madeUp.map(({ person }) => person))
    for (const { person, was } of roll) {
      const before = counts.get(person) ?? none
      counts.set(person, {
        ...before,
        expected: before.expected + 1,
        [was]: before[was] + 1,
        madeUp: before.madeUp + (was !== 'present' && caughtUp.has(person) ? 1 : 0),
      })
    }
  }
  return Object.fromEntries(counts)
}

/** One more make-up of a person. */
export function countMakeUp(
  person: string,
  known: { readonly [person: string]: Counts },
): { [person: string]: Counts } {
  const before = known[person] ?? none
  return { ...known, [person]: { ...before, madeUp: before.madeUp + 1 } }
}

const none: Counts = { expected: 0, present: 0, excused: 0, absent: 0, madeUp: 0 }

/**
 * 出勤率 in percent with one decimal, as offices write it: attended or made up, of all that were expected.
 * Null when nothing was expected.
 */
export function attendanceRate({ expected, present, madeUp }: Counts): number | null {
  return expected === 0 ? null : Math.round(((present + madeUp) * 1000) / expected) / 10
}

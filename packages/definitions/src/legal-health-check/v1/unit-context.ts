import type { Accountable, HealthSheet, Recheck, Risk, SelfReport, SpotCheck } from './payloads.ts'

/** Who did it, and when. */
export type Done = { by: string; at: string }
export type UnitContext = {
  unit: string
  /** `late` is the reason given when it was made up after the date. */
  report: (SelfReport & Done & { late: string | null }) | null
  /** Why the office returned it, each time. */
  returns: ({ reason: string } & Done)[]
  recheck: (Recheck & Done) | null
  sheet: (HealthSheet & Done) | null
  drawn: boolean
  spotCheck: (SpotCheck & Done) | null
  released: ({ reason: string } & Done) | null
  /** The last that was told to the root for its accountability list. */
  exposed: Accountable | null
}

export const majorOnes = (risks: readonly Risk[]): Accountable['risks'] =>
  risks.filter(({ major }) => major).map(({ no, title }) => ({ no, title }))

export const persons = (...performedBy: (Done | null)[]): string[] => [
  ...new Set(performedBy.flatMap((done) => (done ? [done.by] : []))),
]

/** Each reported risk gets one verdict, and what was missed has numbers of its own. */
export function judgesReport(report: SelfReport | null, { verdicts, missed }: Recheck): boolean {
  const reported = (report?.risks ?? []).map(({ no }) => no)
  return (
    verdicts.length === reported.length &&
    verdicts.every(({ no }) => reported.includes(no)) &&
    missed.every(({ no }) => !reported.includes(no))
  )
}

/** What the re-check confirmed or found: the risks that the sheet must answer. */
export function standingRisks({ recheck }: UnitContext): { no: string }[] {
  const confirmed = (recheck?.verdicts ?? []).filter(({ verdict }) => verdict === 'confirmed')
  return [...confirmed, ...(recheck?.missed ?? [])]
}

/** Drawn, and the province has neither come nor let it go. */
export function drawnAndOpen({ drawn, spotCheck, released }: UnitContext): boolean {
  return drawn && !spotCheck && !released
}

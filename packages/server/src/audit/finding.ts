import type { InstanceRow } from '../database/schema.ts'

export type Finding = {
  instance: string
  kind: string
  unit: string | null
  version: number | null
  what: string
  detail: string
}
export type Verdict = { ok: boolean; instances: number; transitions: number; findings: Finding[] }

/** Whom a finding is about. */
export type Row = Pick<InstanceRow, 'id' | 'kind' | 'unit_id'>

// An auditor needs the first few; a campaign that is wrong everywhere need not be listed whole.
export const MOST_FINDINGS = 100

export function find(
  { findings }: Verdict,
  { id, kind, unit_id }: Row,
  version: number | null,
  what: string,
  detail: string,
): void {
  findings.push({ instance: id, kind, unit: unit_id, version, what, detail })
}

/** Who was named already: what follows from that is no finding of its own. */
export function namedIn({ findings }: Verdict): Set<string> {
  return new Set(findings.map(({ instance }) => instance))
}

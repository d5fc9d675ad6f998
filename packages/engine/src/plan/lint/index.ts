import type { Definition } from '../../definition/compiled.ts'
import type { Assignment, CampaignFacts } from '../../campaign/instance.ts'
import type { Finding, Grade, Rule, Warning } from './finding.ts'
import { fourEyes } from './fourEyes.ts'
import { holdersOf } from './holders.ts'
import { idleDay } from './idleDay.ts'
import { provisional } from './provisional.ts'
import { recused } from './recused.ts'
import { sharedDay } from './sharedDay.ts'
import { stages } from './stages.ts'
import { unfinishable } from './unfinishable.ts'
import { unreminded } from './unreminded.ts'
import { unstaffed } from './unstaffed.ts'
import { windows } from './windows.ts'
import { years } from './years.ts'

export type { Finding, Grade, Warning }

const rules: readonly Rule[] = [
  unstaffed,
  recused,
  fourEyes,
  unfinishable,
  provisional,
  windows,
  stages,
  sharedDay,
  idleDay,
  years,
  unreminded,
]
const grades: readonly Grade[] = ['warning', 'hint', 'info']

/**
 * What its readers should know about a plan that can be started: what will go wrong, what may not be meant,
 * what is good to know; in this order. What contradicts itself is refused by `planCampaign` before.
 */
export function lintPlan(definition: Definition, campaign: CampaignFacts, assignments: Assignment[]): Finding[] {
  const holders = holdersOf(definition, assignments)
  const linted = { definition, campaign, assignments, holders }
  const findings = rules.flatMap((rule) => rule(linted))
  return grades.flatMap((grade) => findings.filter((one) => one.grade === grade))
}

/** Only what will go wrong, without its grade. */
export function warningsOf(findings: Finding[]): Warning[] {
  return findings.flatMap(({ grade, ...warning }) => (grade === 'warning' ? [warning] : []))
}

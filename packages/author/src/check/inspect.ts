import type { Entry } from '@duban/definitions'
import { lintPlan, planCampaign, type Finding, type Mistake } from '@duban/engine'
import type { Read } from '../folders.ts'
import type { Organisation } from '../organisation.ts'
import { planFrom, strangersIn, type PlanBody } from '../plan.ts'
import { z } from 'zod'
import { basename } from 'node:path'

/** What was found about one definition. `problems` keep it from being loaded or started. */
export type Report = {
  definition: string
  title?: { zh: string; en: string }
  startsOn?: string
  units?: number
  people?: number
  problems: (Mistake | { path: string; code: string; message: { zh: string; en: string } })[]
  findings: Finding[]
}

/** Loads a definition's plan and looks at it. With `body`, at that plan in place of the demo's. */
export function inspect(read: Read, organisation: Organisation, asked: { body?: PlanBody; startsOn?: string }): Report {
  if ('mistakes' in read) {
    return { definition: basename(read.folder), problems: read.mistakes, findings: [] }
  }
  const { definition, demo } = read.entry
  const body = asked.body ?? bodyOf(demo, organisation) ?? nobody(organisation)
  const startsOn = asked.startsOn ?? body.startsOn
  const report: Report = {
    definition: definition.name,
    title: definition.title,
    startsOn,
    units: body.units.length,
    people: new Set(body.assignments.map(({ person }) => person)).size,
    problems: [],
    findings: [],
  }
  const unknownUnits = strangersIn(body, organisation)
  if (unknownUnits.length > 0) {
    const message = {
      zh: `组织中没有：${unknownUnits.join('、')}`,
      en: `not in the organisation: ${unknownUnits.join(', ')}`,
    }
    return { ...report, problems: [{ path: 'plan', code: 'unknown', message }] }
  }
  const planned = planCampaign(definition, planFrom({ ...body, startsOn }, organisation))
  if (planned.ok) {
    return { ...report, findings: lintPlan(definition, planned.facts, planned.assignments) }
  }
  return { ...report, problems: problemsOf(planned.refusal) }
}

const issue = z.object({
  path: z.string().optional(),
  code: z.string(),
  rule: z.string().optional(),
  message: z.object({ zh: z.string(), en: z.string() }).optional(),
  detail: z.object({ zh: z.string(), en: z.string() }).optional(),
})

/** A refusal's issues, or the refusal itself. */
function problemsOf(refusal: object): Report['problems'] {
  const { issues } = refusal as { issues?: unknown }
  const all = z.array(issue).safeParse(issues)
  return (all.success ? all.data : [issue.parse(refusal)]).map(({ path, code, rule = '', message, detail }) => ({
    path: path ?? rule,
    code,
    message: message ?? detail ?? { zh: rule, en: rule },
  }))
}

function bodyOf(demo: Entry['demo'] | undefined, { people }: Organisation): PlanBody | undefined {
  if (!demo) return undefined
  const organiser = people.find(({ id }) => id === demo.organiser)?.unit
  return {
    title: demo.title,
    startsOn: demo.startsOn,
    timezone: 'Asia/Shanghai',
    ...(organiser !== undefined && { organiser }),
    units: demo.units,
    assignments: demo.duties,
  }
}

/** A definition without a demo plan is looked at with one unit and nobody in it. */
function nobody({ units }: Organisation): PlanBody {
  return {
    title: '',
    startsOn: '2026-04-01',
    timezone: 'Asia/Shanghai',
    units: units.slice(0, 1).map(({ id }) => id),
    assignments: [],
  }
}

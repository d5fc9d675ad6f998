import type { Definition } from '../definition/compiled.ts'
import type { Assignment, CampaignFacts } from '../campaign/instance.ts'
import { getOwn } from '../data/getOwn.ts'
import type { Refusal } from '../campaign/refusal.ts'

// The one spelling of instants, by which they compare as strings.
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/u

/** Why an assignment cannot be granted, or undefined when it can. */
export function badAssignment(
  definition: Definition,
  campaign: Pick<CampaignFacts, 'units'>,
  { role, unit, from, until }: Assignment,
): Refusal | undefined {
  const spec = getOwn(definition.roles, role)
  if (!spec) return { code: 'unknown_role', rule: role }
  if (spec.scope === 'unit' && unit === undefined) {
    return {
      code: 'bad_assignment',
      rule: role,
      detail: { zh: '该角色须指明单位', en: 'this role needs a unit' },
    }
  }
  if (spec.scope === 'campaign' && unit !== undefined) {
    return {
      code: 'bad_assignment',
      rule: role,
      detail: {
        zh: '该角色属于整个活动，不得指明单位',
        en: 'this role is for the whole campaign: name no unit',
      },
    }
  }
  // A unit above participating ones is fine: the role reaches down.
  if (unit !== undefined && !campaign.units.some(({ path }) => path.includes(unit))) {
    return { code: 'unknown_unit', rule: unit }
  }
  if (![from, until].every((at) => at === undefined || instant.test(at))) {
    return {
      code: 'bad_assignment',
      rule: role,
      detail: {
        zh: '起止时间须写成 2026-04-01T00:00:00.000Z 的形式',
        en: '«from» and «until» are written like 2026-04-01T00:00:00.000Z',
      },
    }
  }
  if (from !== undefined && until !== undefined && until <= from) {
    return {
      code: 'bad_assignment',
      rule: role,
      detail: { zh: '终止时间须晚于开始时间', en: '«until» must be later than «from»' },
    }
  }
  return undefined
}

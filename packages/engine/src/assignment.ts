import type { Definition } from './define.ts'
import type { Assignment, CampaignFacts } from './instance.ts'
import type { Refusal } from './refusal.ts'

/** Why an assignment cannot be granted, or undefined when it can. */
export function badAssignment(
  definition: Definition,
  campaign: Pick<CampaignFacts, 'units'>,
  { role, unit, from, until }: Assignment,
): Refusal | undefined {
  const spec = definition.roles[role]
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
      detail: { zh: '该角色属于整个活动,不得指明单位', en: 'this role is for the whole campaign: name no unit' },
    }
  }
  // A unit above participating ones is fine: the role reaches down.
  if (unit !== undefined && !campaign.units.some(({ path }) => path.includes(unit))) {
    return { code: 'unknown_unit', rule: unit }
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

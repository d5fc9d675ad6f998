import type { Json } from '../data/json.ts'
import type { Text } from '../data/text.ts'

/**
 * Every reason for which an event is refused: the HTTP status it becomes and what a person is told.
 * A refusal changes nothing, names the rule that refused, and is kept (law 6).
 */
export const refusals = {
  unknown_command: {
    status: 422,
    zh: '没有这个操作，或它不适用于这里。',
    en: 'There is no such command for this instance.',
  },
  invalid_payload: {
    status: 422,
    zh: '填报内容不符合要求，请按所列问题修改。',
    en: 'The payload does not fit the schema of the command; correct what is listed.',
  },
  role_required: {
    status: 403,
    zh: '您没有承担此操作所需的角色。',
    en: 'You hold none of the roles that may do this here.',
  },
  not_named: {
    status: 403,
    zh: '此事已指定由他人办理。',
    en: 'This is for whoever was named to do it, and that is somebody else.',
  },
  recused: {
    status: 403,
    zh: '应当回避：不得评判本单位。',
    en: 'You must recuse yourself: this is your own unit.',
  },
  four_eyes: {
    status: 403,
    zh: '应由他人办理：此前的环节由您经手。',
    en: 'Somebody else must do this: you did an earlier part of it.',
  },
  not_yet_open: {
    status: 409,
    zh: '尚未到开始时间。',
    en: 'The window for this command has not opened yet.',
  },
  late: {
    status: 409,
    zh: '已过期限。',
    en: 'The deadline has passed.',
  },
  wrong_state: {
    status: 409,
    zh: '当前环节不接受此操作。',
    en: 'The present state does not accept this command.',
  },
  guard_refused: {
    status: 409,
    zh: '办理条件不满足。',
    en: 'A condition of this command is not met.',
  },
  campaign_suspended: {
    status: 409,
    zh: '活动已中止，恢复后再办理。',
    en: 'The campaign is suspended; try again when it has been resumed.',
  },
  campaign_over: {
    status: 409,
    zh: '活动已结束或已取消。',
    en: 'The campaign is over.',
  },
  not_suspended: {
    status: 409,
    zh: '活动并未中止。',
    en: 'The campaign is not suspended.',
  },
  unknown_date: {
    status: 422,
    zh: '本活动没有这个日期。',
    en: 'The campaign has no such date.',
  },
  bad_extension: {
    status: 422,
    zh: '延期无效：新的日期必须晚于原日期和当前时间，且不与其他日期矛盾。',
    en: 'The extension is void: the new day must be later than the old one and than now, and contradict no other date.',
  },
  unknown_role: { status: 422, zh: '没有这个角色。', en: 'The definition has no such role.' },
  unknown_unit: {
    status: 422,
    zh: '没有这个单位，或它不在本活动中。',
    en: 'There is no such unit, or it takes no part in the campaign.',
  },
  unknown_person: { status: 422, zh: '没有这个人。', en: 'There is no such person.' },
  unknown_assignment: {
    status: 404,
    zh: '没有这项任职，或它已经撤销。',
    en: 'There is no such assignment, or it was revoked.',
  },
  bad_assignment: {
    status: 422,
    zh: '任职无效：检查角色的范围、单位和起止时间。',
    en: 'The assignment is void: check the scope of the role, the unit, and from–until.',
  },
  cannot_migrate: {
    status: 409,
    zh: '不能转用该版本：见所列问题，未作任何改变。',
    en: 'The campaign cannot be migrated to that version; see what is listed. Nothing was changed.',
  },
  dates_contradict: {
    status: 422,
    zh: '按此开始日，日期相互矛盾。',
    en: 'With this start day the dates contradict each other.',
  },
  bad_plan: {
    status: 422,
    zh: '方案无效，请按所列问题修改。',
    en: 'The plan is not valid; correct what is listed.',
  },
  stale: {
    status: 412,
    zh: '数据已被更新，请刷新后再办理。',
    en: 'It has changed since you looked; look again and decide anew.',
  },
  machine_failed: {
    status: 500,
    zh: '活动定义在此操作上出错，未作任何改变。',
    en: 'The definition failed on this event; nothing was changed.',
  },
} as const satisfies Record<string, { status: number } & Text>

export type RefusalCode = keyof typeof refusals

/** `rule` names what refused: a role, a date, a command. `detail` is for the person who must mend it. */
export type Refusal = { code: RefusalCode; rule?: string; detail?: Text; issues?: Json }
export type Refused = { ok: false; refusal: Refusal }

export function refuse(code: RefusalCode, more: Omit<Refusal, 'code'> = {}): Refused {
  return { ok: false, refusal: { code, ...more } }
}

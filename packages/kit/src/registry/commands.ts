import type { Text } from '@duban/engine'
import { dotted, given, joined, period, Reason, somebody } from '../block.ts'
import { Application, Approval, Dismissal, Judgement, Leaving, Notice, Recommendation } from './payloads.ts'

export type RegistryOptions<Role extends string, DateName extends string> = {
  /** The office (职务): 普法联络员. */
  title: Text
  /** Who may put themselves forward (自愿报名). */
  volunteer: readonly Role[]
  /** Who recommends, reports that the holder leaves, and gives notice of it (函告): the unit. */
  recommend: readonly Role[]
  /** Who approves or refuses, and may record a leaving that the unit keeps silent about. */
  approve: readonly Role[]
  /** Who commends, criticises and proposes dismissal. Default: `approve`. */
  judge?: readonly Role[]
  /** Who decides on a proposed dismissal. */
  dismiss: readonly Role[]
  /** A date of the plan before which nobody is judged. Default: at any time. */
  judgeFrom?: DateName
  /** Time for somebody to volunteer, and again for the unit to recommend. Default `20 workdays`. */
  fillWithin?: string
  /** Time to give notice of a leaving, and to propose a successor, from the day of leaving. Default `5 days`. */
  noticeWithin?: string
  /** Time to approve or refuse. Default `10 workdays`. */
  approveWithin?: string
  source?: string
}

export function registryCommands<const Name extends string, Role extends string, DateName extends string>(
  name: Name,
  options: RegistryOptions<Role, DateName>,
) {
  const titled = (zh: string, en: string) => ({ title: { zh, en: `${options.title.en}: ${en}` } })
  const unit = somebody(`${name}.recommend`, options.recommend)
  const approvers = somebody(`${name}.approve`, options.approve)
  const judges = options.judge ?? approvers
  const from = given('opens', options.judgeFrom)
  return dotted(name, {
    volunteer: {
      ...titled('自愿报名', 'volunteer'),
      by: somebody(`${name}.volunteer`, options.volunteer),
      payload: Application,
      ...given('source', options.source),
    },
    recommend: {
      ...titled('组织推荐', 'recommend'),
      by: unit,
      notBy: [`${name}.volunteer`],
      payload: Recommendation,
    },
    return: { ...titled('不予推荐', 'not recommended'), by: unit, payload: Reason },
    approve: {
      ...titled('批准任职', 'approve'),
      by: approvers,
      notBy: [`${name}.volunteer`, `${name}.recommend`],
      payload: Approval,
    },
    refuse: {
      ...titled('不予批准', 'refuse'),
      by: approvers,
      notBy: [`${name}.volunteer`, `${name}.recommend`],
      payload: Reason,
    },
    leave: {
      ...titled('登记离任', 'record the leaving'),
      by: [...unit, ...approvers],
      payload: Leaving,
    },
    notify: { ...titled('函告离任', 'give notice of the leaving'), by: unit, payload: Notice },
    commend: { ...titled('表彰', 'commend'), by: judges, payload: Judgement, ...from },
    criticise: {
      ...titled('通报批评', 'criticise in a circular'),
      by: judges,
      payload: Judgement,
      ...from,
    },
    proposeDismissal: {
      ...titled('建议解除职务', 'propose dismissal'),
      by: judges,
      payload: Judgement,
      ...from,
    },
    dismiss: {
      ...titled('决定解除职务', 'dismiss'),
      by: somebody(`${name}.dismiss`, options.dismiss),
      notBy: [`${name}.proposeDismissal`],
      payload: Dismissal,
    },
    keep: {
      ...titled('决定不予解除', 'keep in office'),
      by: somebody(`${name}.dismiss`, options.dismiss),
      notBy: [`${name}.proposeDismissal`],
      payload: Reason,
    },
  } as const)
}

export function registryDates<const Name extends string>(name: Name, options: RegistryOptions<string, string>) {
  const { title } = options
  const notice = period('noticeWithin', options.noticeWithin ?? '5 days')
  const dated = (zh: string, en: string) => ({
    title: { zh: `${title.zh}${zh}`, en: `${title.en}: ${en}` },
  })
  return joined(name, {
    filled: {
      ...dated('选任期限', 'office to be filled'),
      due: `entry + ${period('fillWithin', options.fillWithin ?? '20 workdays')}`,
      remind: ['-5 workdays'],
    },
    approved: {
      ...dated('审批期限', 'approval due'),
      due: `entry + ${period('approveWithin', options.approveWithin ?? '10 workdays')}`,
      remind: ['-2 workdays'],
    },
    notified: {
      ...dated('离任函告期限', 'notice of the leaving due'),
      due: `context.${name}LeftOn + ${notice}`,
      remind: ['-1 day'],
    },
    succeeded: {
      ...dated('继任人选推荐期限', 'successor to be proposed'),
      due: `context.${name}LeftOn + ${notice}`,
      remind: ['-1 day'],
    },
  } as const)
}

import { notify } from '@duban/engine'
import { given, kindOf, titledWith, type Titled } from '../block.ts'
import { registryCode } from './code.ts'
import { registryCommands, registryDates, type RegistryOptions } from './commands.ts'
import { emptyPost, type Post } from './terms.ts'

export { registrySampleForms } from './sampleForms.ts'
export type { RegistryOptions } from './commands.ts'
export { judgementsOf, lastTerm, lateNotices, type Post, type Term } from './terms.ts'

/**
 * An office that somebody must hold (任职登记): volunteer → recommended → approved or refused → in office →
 * left → notice given → vacant again, until a successor is in office. Commendation and criticism are kept with
 * the term; dismissal is proposed by one and decided by another. Every late notice and late successor shows.
 *
 * `kind` is one for each unit, `state` goes into an author's own machine. Neither ends by itself: an office is
 * there as long as what it stands in. The context has `<name>` (see `Post`), `<name>Holder` (for
 * `only: 'context.<name>Holder'`) and `<name>LeftOn`. States carry the tags `inOffice`, `vacant`, `overdue`.
 *
 * @throws {RangeError} at load, for a name, period or role list that cannot be used
 * @example
 * const post = registry('post', {
 *   title: { zh: '普法联络员', en: 'Law liaison' },
 *   volunteer: ['staff'], recommend: ['department'], approve: ['office'], dismiss: ['lead'],
 * })
 */
export function registry<const Name extends string, const Role extends string, const DateName extends string = never>(
  name: Name,
  options: RegistryOptions<Role, DateName>,
) {
  const commands = registryCommands(name, options)
  const dates = registryDates(name, options)
  const { guards, updates } = registryCode(name)
  const state = registryState(name, options)
  const context = {
    [name]: emptyPost,
    [`${name}Holder`]: null,
    [`${name}LeftOn`]: null,
  } as { [Key in Name]: Post } & {
    [Key in `${Name}Holder` | `${Name}LeftOn`]: string | null
  }
  const kind = kindOf(state, context, { guards, updates })
  return { commands, dates, context, guards, updates, state, kind }
}

function registryState(name: string, options: RegistryOptions<string, string>): Titled {
  const { title } = options
  const dated = titledWith(title)
  const code = (key: string): string => `${name}${key}`
  const press = (zh: string, en: string) =>
    notify([...new Set([...options.recommend, ...options.approve])], {
      zh: `{unit}${title.zh}${zh}`,
      en: `${title.en} of {unit}: ${en}`,
    })
  const overdue = { [`${name}Filled`]: 'vacantOverdue', [`${name}Succeeded`]: 'vacantOverdue' }
  const decision = {
    [`${name}.approve`]: { target: 'inOffice', actions: code('Appoint') },
    [`${name}.refuse`]: { target: 'vacant', actions: code('Refuse') },
  }
  const dismissal = {
    [`${name}.dismiss`]: { target: 'vacant', actions: code('Dismiss') },
    [`${name}.keep`]: { target: 'inOffice', actions: code('Keep') },
  }
  const leave = {
    [`${name}.leave`]: { guard: code('HasLeft'), target: 'left', actions: code('Leave') },
  }

  return {
    meta: { title, ...given('source', options.source) },
    initial: 'vacant',
    states: {
      vacant: {
        meta: dated('空缺待报名', 'vacant'),
        tags: 'vacant',
        on: { [`${name}.volunteer`]: { target: 'volunteered', actions: code('Volunteer') } },
        after: overdue,
      },
      volunteered: {
        meta: dated('已报名待推荐', 'somebody volunteered'),
        tags: 'vacant',
        on: {
          [`${name}.recommend`]: { target: 'recommended', actions: code('Recommend') },
          [`${name}.return`]: { target: 'vacant', actions: code('TurnAway') },
        },
        after: overdue,
      },
      vacantOverdue: {
        meta: dated('人选逾期未推荐', 'nobody recommended in time'),
        tags: ['vacant', 'overdue'],
        entry: press('人选逾期未推荐', 'nobody has been recommended'),
        on: {
          [`${name}.volunteer`]: { actions: code('Volunteer') },
          [`${name}.recommend`]: {
            guard: code('HasCandidate'),
            target: 'recommended',
            actions: code('Recommend'),
          },
        },
      },
      recommended: {
        meta: dated('已推荐待批准', 'recommended'),
        tags: 'vacant',
        on: decision,
        after: { [`${name}Approved`]: 'approvalOverdue' },
      },
      approvalOverdue: {
        meta: dated('审批逾期', 'approval overdue'),
        tags: ['vacant', 'overdue'],
        entry: press('人选逾期未审批', 'the candidate awaits approval'),
        on: decision,
      },
      inOffice: {
        meta: dated('在任', 'in office'),
        tags: 'inOffice',
        on: {
          ...leave,
          [`${name}.commend`]: { guard: code('NotCommended'), actions: code('Commend') },
          [`${name}.criticise`]: { guard: code('NotCriticised'), actions: code('Criticise') },
          [`${name}.proposeDismissal`]: { target: 'dismissalProposed', actions: code('Propose') },
        },
      },
      dismissalProposed: {
        meta: dated('已建议解除职务待决定', 'dismissal proposed'),
        tags: 'inOffice',
        entry: notify([...options.dismiss], {
          zh: `建议解除{unit}的${title.zh}职务,请决定`,
          en: `Dismissal of the ${title.en} of {unit} is proposed`,
        }),
        on: { ...dismissal, ...leave },
      },
      left: {
        meta: dated('已离任待函告', 'has left, notice due'),
        tags: 'vacant',
        entry: press('已离任,请按期函告', 'has left; give notice in time'),
        on: { [`${name}.notify`]: { target: 'vacant', actions: code('Notify') } },
        after: { [`${name}Notified`]: 'noticeOverdue' },
      },
      noticeOverdue: {
        meta: dated('离任逾期未函告', 'notice overdue'),
        tags: ['vacant', 'overdue'],
        entry: press('离任逾期未函告', 'no notice of the leaving was given'),
        on: { [`${name}.notify`]: { target: 'vacant', actions: code('NotifyLate') } },
      },
    },
  }
}

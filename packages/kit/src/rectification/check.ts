import type { RectificationOptions } from './options.ts'
import { isRoles } from './steps.ts'
import { defaults } from './words.ts'

/** @throws {RangeError} saying which option cannot be, and what to do */
export function checkOptions(options: RectificationOptions): void {
  const { name = 'finding', by, verify, decide, lookBack, again, endings = {} } = options
  const { due, within, extension, plan, planDue } = options
  const wrong = (option: string, advice: string): never => {
    throw new RangeError(`rectification «${name}»: ${option}: ${advice}`)
  }
  if (!camel.test(name)) wrong('name', 'write a camelCase name, like finding')

  const steps = isRoles(verify) ? {} : verify
  const roles = {
    by,
    ...(isRoles(verify) && { verify }),
    decide,
    lookBack: lookBack?.by,
    ...Object.fromEntries(Object.entries(steps).map(([step, one]) => [`verify.${step}`, one.by])),
    ...Object.fromEntries(Object.entries(endings).map(([end, one]) => [`endings.${end}`, one.by])),
  }
  for (const [option, list] of Object.entries(roles)) {
    if (list?.length === 0) wrong(option, 'name at least one role, or leave the option out')
  }
  if (!isRoles(verify) && Object.keys(steps).length === 0) {
    wrong('verify', 'name at least one step, or roles')
  }
  for (const part of [...Object.keys(steps), ...Object.keys(endings)]) {
    if (!camel.test(part)) wrong(part, 'write a camelCase name, like check or transfer')
    if (Object.hasOwn(defaults, part)) wrong(part, 'the kit has a state or command of that name')
    if (Object.hasOwn(steps, part) && Object.hasOwn(endings, part)) {
      wrong(part, 'is a step and an ending; give them two names')
    }
  }
  for (const [step, { least = 1 }] of Object.entries(steps)) {
    if (!Number.isInteger(least) || least < 1) {
      wrong(`verify.${step}.least`, 'write how many persons, a whole number from 1')
    }
  }

  if (typeof again === 'string' && !/^entry(?: |$)/u.test(again)) {
    wrong('again', 'count from the return, like entry + 5 workdays')
  }
  if (again === false && lookBack) {
    wrong('again', 'what a look back opens again needs time of its own; leave again: false out')
  }
  if (plan === false && planDue !== undefined) {
    wrong('planDue', 'there is no plan to be due; leave one of plan: false and planDue out')
  }
  if ((due === undefined) === (within === undefined)) {
    wrong('due', 'say either due, the name of a date, or within, like 7 days')
  }
  if (within === undefined) return
  if (!/^(?:0 days|[1-9]\d{0,2} (?:day|workday|week|month)s?)$/u.test(within)) {
    wrong('within', `write a time like 7 days or 10 workdays, not «${within}»`)
  }
  if (planDue !== undefined) {
    wrong('planDue', 'within is one clock for plan and result; leave one of the two out')
  }
  if (extension) {
    wrong('extension', 'moves context.dueOn; say due, a date with the rule context.dueOn')
  }
}

const camel = /^[a-z][a-zA-Z0-9]*$/u

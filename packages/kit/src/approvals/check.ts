import type { ApprovalsOptions } from './options.ts'
import { isJoint } from './steps.ts'

const camel = /^[a-z][a-zA-Z0-9]*$/u
const taken = ['draft', 'draftOverdue', 'mending', 'mendOverdue', 'approved']

/** @throws {RangeError} saying which option cannot be, and what to do */
export function check(name: string, { submit, steps, mend }: ApprovalsOptions): void {
  const wrong = (advice: string): never => {
    throw new RangeError(`approvals «${name}»: ${advice}`)
  }
  const fromEntry = (option: string, rule: string | undefined): void => {
    if (rule !== undefined && !rule.startsWith('entry ')) {
      wrong(`${option}: count from when it comes, like entry + 5 workdays`)
    }
  }
  if (!camel.test(name)) wrong('write a camelCase name, like scheme')
  if (submit.length === 0) wrong('submit: name at least one role')
  fromEntry('mend', mend)
  const all = Object.entries(steps)
  if (all.length === 0) wrong('steps: there must be one, or nothing needs approval')
  for (const [step, one] of all) {
    if (!camel.test(step) || taken.includes(step)) {
      wrong(`steps.${step}: write a camelCase name other than ${taken.join(', ')}`)
    }
    if (isJoint(one)) {
      if (Object.keys(one.each).length < 2) wrong(`steps.${step}.each: name two bodies, or sign`)
      fromEntry(`steps.${step}.within`, one.within)
      continue
    }
    const { sign, mode, namedBy, least } = one
    if (sign.length === 0) wrong(`steps.${step}.sign: name at least one role`)
    if (mode === undefined && (namedBy ?? least) !== undefined) {
      wrong(`steps.${step}: namedBy and least are for persons who are named: give a mode, too`)
    }
    if (namedBy?.length === 0) wrong(`steps.${step}.namedBy: name a role, or leave it out`)
    if (least !== undefined && !(Number.isInteger(least) && least >= 1 && least <= 50)) {
      wrong(`steps.${step}.least: write a number from 1 to 50`)
    }
  }
}

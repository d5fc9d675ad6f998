import type { StateSpec } from '@duban/engine'
import { codeName } from './code.ts'
import type { SignedStep, Ways } from './steps.ts'

/** A step that holders of a role sign, or persons who are named. */
export function signedState(
  name: string,
  step: string,
  { title, mode, source }: SignedStep,
  { next, draft, earlier, told, between }: Ways,
): StateSpec {
  const code = (...parts: string[]) => codeName(name, ...parts)
  const signs = { target: next, guard: code(step, 'completes'), actions: code('sign') }
  const returnedTo = ([to, target]: readonly [string, string]) => ({
    target,
    guard: code('to', to),
    actions: [code('return'), told],
  })
  return {
    meta: { title, ...(source !== undefined && { source }) },
    entry: code(step, 'enter'),
    on: {
      [`${name}.${step}.sign`]:
        mode === undefined
          ? { ...signs, guard: code('unsigned') }
          : [signs, { guard: code('waits'), actions: code('sign') }],
      [`${name}.${step}.return`]: [['draft', draft] as const, ...earlier].map(returnedTo),
      ...(mode !== undefined && {
        [`${name}.${step}.addSigner`]: {
          guard: code('addsSigners'),
          actions: code(step, 'addSigner'),
        },
        [`${name}.${step}.delegate`]: { guard: code('delegates'), actions: code('delegate') },
        [`${name}.${step}.handOver`]: { guard: code('handsOver'), actions: code('handOver') },
      }),
      ...between,
    },
  }
}

/** Before a step that is signed by name, where another than the submitter names the persons. */
export function namingState(name: string, step: string, { title, source }: SignedStep, { between }: Ways): StateSpec {
  return {
    meta: {
      title: { zh: `${title.zh}待确定人员`, en: `${title.en}: to be named` },
      ...(source !== undefined && { source }),
    },
    on: {
      [`${name}.${step}.name`]: {
        target: step,
        guard: codeName(name, step, 'names'),
        actions: codeName(name, step, 'name'),
      },
      ...between,
    },
  }
}

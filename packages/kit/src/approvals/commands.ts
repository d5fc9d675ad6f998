import { personId, type CommandSpec } from '@duban/engine'
import { z } from 'zod'
import { Document, type ApprovalsOptions } from './options.ts'
import { isJoint, modeOf, type JointStep, type SignedStep } from './steps.ts'

const words = z.string().trim().min(1).max(4000)
const Opinion = z.strictObject({ opinion: words.optional() })

type Command = [string, CommandSpec]

export function commandsOf(name: string, options: ApprovalsOptions): { [name: string]: CommandSpec } {
  const { submit, steps, title, source } = options
  const document = options.document ?? Document
  const named = Object.entries(steps).filter(
    ([, step]) => !isJoint(step) && step.mode !== undefined && step.namedBy === undefined,
  )
  const signers = z.strictObject(
    Object.fromEntries(named.map(([step, one]) => [step, people((one as SignedStep).least)])),
  )
  const mine = {
    by: submit,
    only: `context.${name}.submittedBy`,
    payload: z.strictObject({}),
  } as const
  return {
    [`${name}.submit`]: {
      title: { zh: `报批${title.zh}`, en: `${title.en}: submit` },
      by: submit,
      payload: named.length === 0 ? document : document.extend({ signers }),
      ...(source !== undefined && { source }),
    },
    [`${name}.withdraw`]: {
      title: { zh: `撤回${title.zh}`, en: `${title.en}: withdraw` },
      ...mine,
    },
    [`${name}.urge`]: { title: { zh: `催办${title.zh}`, en: `${title.en}: urge` }, ...mine },
    ...Object.fromEntries(
      Object.entries(steps).flatMap(([step, one], index, all) =>
        isJoint(one)
          ? jointCommands(name, step, one)
          : signedCommands(
              name,
              step,
              one,
              all.slice(0, index).map(([earlier]) => earlier),
              submit,
            ),
      ),
    ),
  }
}

function people(least = 1): z.ZodArray<ReturnType<typeof personId>> {
  return z.array(personId()).min(least).max(50)
}

/** 同意 or 不同意 of each body. */
function jointCommands(name: string, step: string, { each, source }: JointStep): Command[] {
  return Object.entries(each).flatMap(([role, body]): Command[] => {
    const given = {
      by: [role],
      notBy: [`${name}.submit`],
      ...(source !== undefined && { source }),
    }
    return [
      [
        `${name}.${step}.${role}.sign`,
        { title: { zh: `${body.zh}：同意`, en: `${body.en}: agree` }, ...given, payload: Opinion },
      ],
      [
        `${name}.${step}.${role}.refuse`,
        {
          title: { zh: `${body.zh}：不同意`, en: `${body.en}: disagree` },
          ...given,
          payload: z.strictObject({ reason: words }),
        },
      ],
    ]
  })
}

function signedCommands(
  name: string,
  step: string,
  options: SignedStep,
  earlier: string[],
  submit: readonly string[],
): Command[] {
  const { title, sign, namedBy = [], least, source } = options
  const sourced = source === undefined ? {} : { source }
  const mode = modeOf(options)
  const only = mode === undefined ? {} : ({ only: `context.${name}.waiting` } as const)
  const signer = { by: sign, notBy: [`${name}.submit`], ...only, ...sourced }
  const command = (verb: string, zh: string, en: string, spec: Omit<CommandSpec, 'title'>) =>
    [`${name}.${step}.${verb}`, { title: { zh: `${title.zh}：${zh}`, en: `${title.en}: ${en}` }, ...spec }] as Command
  const to = z.enum(['draft', ...earlier])
  return [
    ...(namedBy.length === 0
      ? []
      : [
          command('name', '确定人员', 'name who signs', {
            by: namedBy,
            payload: z.strictObject({ persons: people(least) }),
            ...sourced,
          }),
        ]),
    command('sign', '同意', 'sign', { ...signer, payload: Opinion }),
    command('return', '退回', 'return', {
      ...signer,
      payload: z.strictObject({ reason: words, ...(earlier.length > 0 && { to }) }),
    }),
    ...(mode === undefined
      ? []
      : [
          command('addSigner', '加签', 'add signers', {
            ...signer,
            payload: z.strictObject({ persons: z.array(personId()).min(1).max(20) }),
          }),
          command('delegate', '委派', 'delegate', {
            ...signer,
            payload: z.strictObject({ to: personId() }),
          }),
          // Whoever named them too, so that a person who is named wrongly, or gone, holds nothing up.
          command('handOver', '转办', 'hand over', {
            by: [...new Set([...sign, ...submit, ...namedBy])],
            only: `context.${name}.mayHandOver`,
            payload: z.strictObject({ from: personId().optional(), to: personId() }),
          }),
        ]),
  ]
}

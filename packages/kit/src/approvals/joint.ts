import { notify, type StateSpec, type Text } from '@duban/engine'
import { codeName } from './code.ts'
import { givenBy } from './dates.ts'
import type { JointStep, Ways } from './steps.ts'

/** 会审: a region for each body; when all have spoken, or one refuses at once, it goes on or back. */
export function jointState(
  name: string,
  step: string,
  options: JointStep,
  { next, draft, told, between }: Ways,
): StateSpec {
  const { title, each, atOnce = false, source } = options
  const back = {
    guard: codeName(name, 'refused'),
    target: draft,
    actions: [codeName(name, 'refuse'), told],
  }
  return {
    meta: { title, ...(source !== undefined && { source }) },
    type: 'parallel',
    entry: codeName(name, step, 'enter'),
    on: between,
    ...(atOnce && { always: back }),
    onDone: [...(atOnce ? [] : [back]), { target: next }],
    states: Object.fromEntries(
      Object.entries(each).map(([role, body]) => [role, bodyState(name, step, role, body, options)]),
    ),
  }
}

function bodyState(name: string, step: string, role: string, body: Text, { title, within }: JointStep): StateSpec {
  const given = (verb: string) => ({
    target: 'given',
    guard: codeName(name, 'unsigned'),
    actions: codeName(name, step, role, verb),
  })
  const on = {
    [`${name}.${step}.${role}.sign`]: given('sign'),
    [`${name}.${step}.${role}.refuse`]: given('refuse'),
  }
  const titled = (zh: string, en: string) => ({
    title: { zh: body.zh + zh, en: `${body.en}: ${en}` },
  })
  return {
    meta: { title: body },
    initial: 'waiting',
    states: {
      waiting: {
        meta: titled('待提出意见', 'opinion awaited'),
        on,
        ...(within !== undefined && { after: { [givenBy(name, step)]: 'overdue' } }),
      },
      ...(within !== undefined && {
        overdue: {
          meta: titled('逾期未提出意见', 'opinion overdue'),
          tags: 'overdue',
          entry: notify([role], {
            zh: `{unit}${title.zh}逾期未提出意见`,
            en: `${title.en} of {unit}: no opinion in time`,
          }),
          on,
        },
      }),
      given: { meta: titled('已提出意见', 'opinion given'), type: 'final' },
    },
  }
}

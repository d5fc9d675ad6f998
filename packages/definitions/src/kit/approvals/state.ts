import { notify, type StateSpec } from '@duban/engine'
import type { ApprovalsOptions } from '../approvals.ts'
import { codeName } from './code.ts'

/** The state that holds a document's way: the draft, each step, and the end when all have signed. */
export function approvalsState(
  name: string,
  options: ApprovalsOptions,
  approved: string,
): StateSpec {
  const { title, copy = [], source } = options
  const names = Object.keys(options.steps)
  const [first = ''] = names
  const sourced = source === undefined ? {} : { source }
  const copies =
    copy.length === 0
      ? []
      : [notify([...copy], { zh: `${title.zh}已获批准`, en: `${title.en} is approved` })]
  return {
    meta: { title, ...sourced },
    initial: 'draft',
    onDone: approved,
    ...pressed(name, options),
    states: {
      draft: {
        meta: { title: { zh: `起草${title.zh}`, en: `Drafting: ${title.en}` }, ...sourced },
        on: {
          [`${name}.submit`]: {
            target: first,
            guard: codeName(name, 'maySign'),
            actions: codeName(name, 'submit'),
          },
        },
      },
      ...Object.fromEntries(
        names.map((step, index) => [step, stepState(name, step, names, index, options)]),
      ),
      approved: {
        meta: { title: { zh: `${title.zh}已批准`, en: `${title.en}: approved` } },
        type: 'final',
        entry: [codeName(name, 'leave'), ...copies],
      },
    },
  }
}

function stepState(
  name: string,
  step: string,
  names: string[],
  index: number,
  options: ApprovalsOptions,
): StateSpec {
  const { title, sign, mode, source } = options.steps[step] as ApprovalsOptions['steps'][string]
  const code = (...parts: string[]) => codeName(name, ...parts)
  const next = names[index + 1] ?? 'approved'
  const signs = { target: next, guard: code(step, 'completes'), actions: code('sign') }
  const returnedTo = (to: string) => ({
    target: to,
    guard: code('to', to),
    actions: [
      code('return'),
      notify([...options.submit], {
        zh: `${options.title.zh}被退回`,
        en: `${options.title.en} was returned`,
      }),
    ],
  })
  return {
    meta: { title, ...(source !== undefined && { source }) },
    entry: code(step, 'enter'),
    on: {
      [`${name}.${step}.sign`]:
        mode === undefined
          ? { ...signs, guard: code('unsigned') }
          : [signs, { guard: code('waits'), actions: code('sign') }],
      [`${name}.${step}.return`]: ['draft', ...names.slice(0, index)].map(returnedTo),
      ...(mode !== undefined && {
        [`${name}.${step}.addSigner`]: {
          guard: code('addsSigners'),
          actions: code(step, 'addSigner'),
        },
        [`${name}.${step}.delegate`]: { guard: code('delegates'), actions: code('delegate') },
        [`${name}.${step}.handOver`]: { guard: code('handsOver'), actions: code('handOver') },
      }),
      [`${name}.withdraw`]: {
        target: 'draft',
        guard: code('untouched'),
        actions: code('withdraw'),
      },
      [`${name}.urge`]: {
        actions: notify([...sign], {
          zh: `催办：${options.title.zh}待${title.zh}`,
          en: `Please see to it: ${options.title.en} awaits ${title.en}`,
        }),
      },
    },
  }
}

/** Once, wherever it stands: everybody on its way is told that its date has come. */
function pressed(name: string, { due, title, submit, steps }: ApprovalsOptions): StateSpec {
  if (due === undefined) return {}
  const who = new Set([submit, ...Object.values(steps).map(({ sign }) => sign)].flat())
  const text = {
    zh: `${title.zh}逾期未批：{campaign}`,
    en: `${title.en} is overdue: {campaign}`,
  }
  return { after: { [due]: { actions: [codeName(name, 'late'), notify([...who], text)] } } }
}

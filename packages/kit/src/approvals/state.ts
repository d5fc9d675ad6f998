import { notify, type StateSpec } from '@duban/engine'
import type { ApprovalsOptions } from './options.ts'
import { codeName } from './code.ts'
import { jointState } from './joint.ts'
import { namingState, signedState } from './signed.ts'
import type { Ways } from './steps.ts'
import { firstState, isJoint, namersOf, signersOf, type ApprovalStep } from './steps.ts'

/** The state that holds a document's way: the draft, each step, and the end when all have signed. */
export function approvalsState(name: string, options: ApprovalsOptions, approved: string): StateSpec {
  const { title, copy = [], source } = options
  const names = Object.keys(options.steps)
  const sourced = source === undefined ? {} : { source }
  const copies =
    copy.length === 0 ? [] : [notify([...copy], { zh: `${title.zh}已获批准`, en: `${title.en} is approved` })]
  return {
    meta: { title, ...sourced },
    initial: 'draft',
    onDone: approved,
    ...pressed(name, options),
    states: {
      ...drafts(name, options),
      ...Object.fromEntries(names.flatMap((_, index) => stepStates(name, index, options))),
      approved: {
        meta: { title: { zh: `${title.zh}已批准`, en: `${title.en}: approved` } },
        type: 'final',
        entry: [codeName(name, 'leave'), ...copies],
      },
    },
  }
}

/** In the hands of who submits it: at first, and after a return; each late once its time is over. */
function drafts(
  name: string,
  { title, submit, steps, submitBy, mend, source }: ApprovalsOptions,
): { [state: string]: StateSpec } {
  const titled = (zh: string, en: string) => ({
    title: { zh: `${zh}${title.zh}`, en: `${en}: ${title.en}` },
    ...(source !== undefined && { source }),
  })
  const [[first, step] = ['', undefined]] = Object.entries(steps)
  const on = {
    [`${name}.submit`]: {
      target: firstState(first, step),
      guard: codeName(name, 'maySign'),
      actions: codeName(name, 'submit'),
    },
  }
  const press = (zh: string, en: string) =>
    notify([...submit], { zh: `{unit}${title.zh}${zh}`, en: `${title.en} of {unit}: ${en}` })
  return {
    draft: {
      meta: titled('起草', 'Drafting'),
      on,
      ...(submitBy !== undefined && { after: { [submitBy]: 'draftOverdue' } }),
    },
    ...(submitBy !== undefined && {
      draftOverdue: {
        meta: titled('逾期未报', 'Submission overdue'),
        tags: 'overdue',
        entry: press('逾期未报', 'it has not been submitted'),
        on,
      },
    }),
    ...(mend !== undefined && {
      mending: {
        meta: titled('修改', 'Being mended'),
        on,
        after: { [`${name}Mended`]: 'mendOverdue' },
      },
      mendOverdue: {
        meta: titled('逾期未重报', 'Overdue, to be submitted again'),
        tags: 'overdue',
        entry: [codeName(name, 'mendLate'), press('逾期未修改重报', 'it has not been submitted again')],
        on,
      },
    }),
  }
}

function stepStates(name: string, index: number, options: ApprovalsOptions): [string, StateSpec][] {
  const { title, submit, mend } = options
  const all = Object.entries(options.steps)
  const [step, one] = all[index] as [string, ApprovalStep]
  const [following, next] = all[index + 1] ?? ['approved', undefined]
  const draft = mend === undefined ? 'draft' : 'mending'
  const code = (...parts: string[]) => codeName(name, ...parts)
  const urged = namersOf(one) ? [...(namersOf(one) ?? []), ...signersOf(one)] : signersOf(one)
  const between: StateSpec['on'] = {
    [`${name}.withdraw`]: [
      // What was returned before has no more time for it than it had.
      ...(mend === undefined ? [] : [{ target: 'mending', guard: code('mends'), actions: code('withdraw') }]),
      { target: 'draft', guard: code('untouched'), actions: code('withdraw') },
    ],
    [`${name}.urge`]: {
      actions: notify([...urged], {
        zh: `催办：${title.zh}待${one.title.zh}`,
        en: `Please see to it: ${title.en} awaits ${one.title.en}`,
      }),
    },
  }
  const ways: Ways = {
    next: firstState(following, next),
    draft,
    earlier: all.slice(0, index).map(([was, its]) => [was, firstState(was, its)]),
    told: notify([...submit], { zh: `${title.zh}被退回`, en: `${title.en} was returned` }),
    between,
  }
  if (isJoint(one)) return [[step, jointState(name, step, one, ways)]]
  const signed = signedState(name, step, one, ways)
  if (!one.namedBy) return [[step, signed]]
  return [
    [firstState(step, one), namingState(name, step, one, ways)],
    [step, signed],
  ]
}

/** Once, wherever it stands: everybody on its way is told that its date has come. */
function pressed(name: string, { due, title, submit, steps }: ApprovalsOptions): StateSpec {
  if (due === undefined) return {}
  const who = new Set([submit, ...Object.values(steps).map(signersOf)].flat())
  const text = {
    zh: `${title.zh}逾期未批：{campaign}`,
    en: `${title.en} is overdue: {campaign}`,
  }
  return { after: { [due]: { actions: [codeName(name, 'late'), notify([...who], text)] } } }
}

import { notify, type StateSpec } from '@duban/engine'
import type { RectificationOptions } from './options.ts'
import { clockStays } from './context.ts'
import { stepsOf, type Step } from './steps.ts'
import { defaults, type State } from './words.ts'

type States = { [state: string]: StateSpec }
type Arrows = NonNullable<StateSpec['on']>

/** The states in hand and the final ones, and what the clock of `within` does. */
export function statesOf(name: string, options: RectificationOptions) {
  const { by, decide, inform = decide ?? [], due, within, lookBack, wording = {} } = options
  const { extension, press } = options
  const steps = stepsOf(options)
  const verifiers = [...new Set(steps.flatMap((one) => one.by))]
  const planned = options.plan !== false
  const first = steps[0] as Step
  const submit = { target: first.state, actions: 'recordResult' }
  const late = press ? `overdue.${press.entrance}` : 'overdue'
  // From inside a group its neighbours are named from the machine's root.
  const grouped = extension !== undefined || within !== undefined
  const out = (state: string): string => (grouped ? `#${name}.${state}` : state)
  const closedInside = within !== undefined && lookBack !== undefined

  const state = (which: State, spec: StateSpec): States => {
    const { title = defaults[which], source } = wording[which] ?? {}
    return { [which]: { meta: { title, ...(source !== undefined && { source }) }, ...spec } }
  }
  /** An extension's new day: the state waits anew, or its work is taken up again. */
  const anew = (target: string): StateSpec => (extension ? { always: extension.anew(target) } : {})
  /** What leaves a state in hand for good. */
  const endings = (when: 'always' | 'overdue'): Arrows =>
    Object.fromEntries(
      Object.entries(options.endings ?? {})
        .filter(([, one]) => when === 'overdue' || one.when !== 'overdue')
        .map(([ending]) => [`${name}.${ending}`, { target: out(ending), actions: 'recordEnding' }]),
    )
  const byDue = (spec: NonNullable<StateSpec['after']>[string]): StateSpec =>
    due === undefined ? {} : { after: { [due]: spec } }
  const pressed = (roles: readonly string[]) =>
    notify([...inform, ...roles], {
      zh: '{unit}的整改结果待验收，已到整改期限',
      en: 'A rectification of {unit} awaits verification and the date has come',
    })
  /** Sent back, by the verifier or by a look back: with time of its own. */
  const sentBack = (zh: string, en: string): StateSpec => ({
    entry: notify([...by], {
      zh: `{unit}的整改${zh}，请于{due}前再次报送`,
      en: `A rectification of {unit} was ${en}; submit it again by {due}`,
    }),
    on: { [`${name}.rectify`]: submit, ...endings('always') },
    after: { [`${name}Again`]: late },
  })

  const passing = ({ least }: Step, index: number): Arrows[string] => {
    const next = steps[index + 1]?.state
    const record = Array.isArray(options.verify) ? [] : ['recordPass']
    const on = {
      target: next ?? (closedInside ? 'closed' : out('closed')),
      actions: next === undefined ? one([...record, 'recordVerified']) : one(record),
    }
    return least === 1
      ? on
      : [
          { guard: 'passedByEnough', ...on },
          { guard: 'passedAnew', actions: 'recordPass' },
        ]
  }
  const verification = steps.map((step, index): [string, StateSpec] => [
    step.state,
    {
      meta: { title: step.title, ...(step.source !== undefined && { source: step.source }) },
      ...anew(step.state),
      on: {
        [`${name}.${step.pass}`]: passing(step, index),
        [`${name}.${step.back}`]: clockStays(options)
          ? [
              { guard: 'dayCame', target: late, actions: 'recordReturn' },
              { target: 'rectifying', actions: 'recordReturn' },
            ]
          : {
              target: options.again === false ? 'rectifying' : 'returned',
              actions: 'recordReturn',
            },
        ...endings('always'),
      },
      // The unit has done its part: the verifiers are pressed, it is not overdue.
      ...byDue({ actions: pressed(step.by) }),
    },
  ])

  const overdue = {
    tags: 'overdue',
    entry: notify([...inform, ...by], {
      zh: '{unit}有一项整改逾期',
      en: 'A rectification of {unit} is overdue',
    }),
    ...(extension && {
      always: [
        ...(planned ? [{ ...extension.anew('open'), guard: 'movedUnplanned' }] : []),
        extension.anew('rectifying'),
      ],
    }),
    on: {
      ...(planned && {
        // Where the plan has a date of its own, what is planned late has the rest of the time.
        [`${name}.plan`]: {
          ...(options.planDue !== undefined && { target: 'rectifying' }),
          actions: 'recordPlan',
        },
      }),
      [`${name}.rectify`]: { ...submit, ...(planned && { guard: 'planned' }) },
      // Whatever could not be mended in time is handed on openly, not left lying.
      ...(decide && {
        [`${name}.carryOver`]: { target: out('carriedOver'), actions: 'recordCarryOver' },
      }),
      ...endings('overdue'),
    },
  }
  const { title: overdueTitle = defaults.overdue, source: overdueSource } = wording.overdue ?? {}

  const closed = lookBack
    ? state('closed', {
        tags: 'settled',
        on: {
          [`${name}.reopen`]: {
            target: extension ? `#${name}.live.work.reopened` : 'reopened',
            actions: 'recordReopening',
          },
        },
        after: { [lookBack.until]: closedInside ? out('settled') : 'settled' },
      })
    : state('closed', { type: 'final', tags: 'settled' })

  return {
    living: {
      ...(planned &&
        state('open', {
          ...anew('open'),
          on: {
            [`${name}.plan`]: { target: 'rectifying', actions: 'recordPlan' },
            ...endings('always'),
          },
          ...(options.planDue === undefined ? byDue(late) : { after: { [options.planDue]: late } }),
        })),
      ...state('rectifying', {
        ...anew('rectifying'),
        on: { [`${name}.rectify`]: submit, ...endings('always') },
        ...byDue(late),
      }),
      ...Object.fromEntries(verification),
      ...(options.again !== false && state('returned', { ...anew('rectifying'), ...sentBack('被退回', 'returned') })),
      ...(lookBack && state('reopened', { tags: 'reopened', ...sentBack('经回头看不到位', 'found wanting') })),
      ...(press
        ? {
            overdue: press.state({
              title: overdueTitle,
              ...(overdueSource !== undefined && { source: overdueSource }),
              ...overdue,
              ...(press.entrance === 'again' && { again: true as const }),
            }),
          }
        : state('overdue', overdue)),
      ...(closedInside && closed),
    },
    over: {
      ...(!closedInside && closed),
      ...(lookBack && state('settled', { type: 'final', tags: 'settled' })),
      ...(decide && state('carriedOver', { type: 'final', tags: 'settled' })),
      ...Object.fromEntries(
        Object.entries(options.endings ?? {}).map(([ending, { title, ended = title, source }]): [string, StateSpec] => [
          ending,
          {
            meta: { title: ended, ...(source !== undefined && { source }) },
            type: 'final' as const,
            tags: ['settled', ending],
            entry: notify([...new Set([...inform, ...by])], {
              zh: `{unit}的整改：${ended.zh}`,
              en: `A rectification of {unit}: ${ended.en}`,
            }),
          },
        ]),
      ),
    },
    /** The group's clock: what is submitted in time is pressed, what is not is overdue. */
    lapse: [
      {
        guard: 'awaitsVerification',
        actions: clockStays(options) ? ['recordDay', pressed(verifiers)] : pressed(verifiers),
      },
      { guard: 'beingMended', target: `.${late}` },
    ],
  }
}

/** A single action is written without a list. */
function one(actions: string[]): string | string[] {
  return actions.length === 1 ? (actions[0] as string) : actions
}

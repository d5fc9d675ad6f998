import { notify, type Kind, type StateSpec } from '@duban/engine'
import type { z } from 'zod'
import type { RectificationOptions } from '../rectification.ts'
import { defaults, type payloads, type State, type Verb } from './words.ts'

/** Who did it, and when. */
type Done = { by: string; at: string }
type Said<V extends Verb> = z.output<(typeof payloads)[V]> & Done

/** The context of one thing to put right, beside what it was opened with. */
export type Rectified = {
  plan: Said<'plan'> | null
  /** The day that the plan set itself, for a date with `due: 'context.finishOn'`. */
  finishOn: string | null
  results: Said<'rectify'>[]
  /** Why verifiers returned it, each time. */
  returns: Said<'return'>[]
  /** Why a look back opened it again, each time. */
  reopenings: Said<'reopen'>[]
  verified: Said<'close'> | null
  carriedOver: Said<'carryOver'> | null
}

type Seen = { context: Rectified; event: { payload: object } & Done }
const said = ({ payload, by, at }: Seen['event']) => ({ ...payload, by, at })

const guards = { planned: ({ context }: Seen): boolean => context.plan !== null }
const updates = {
  recordPlan: ({ event }: Seen) => ({
    plan: said(event),
    finishOn: (event.payload as { finishOn: string }).finishOn,
  }),
  recordResult: ({ context, event }: Seen) => ({ results: [...context.results, said(event)] }),
  recordReturn: ({ context, event }: Seen) => ({ returns: [...context.returns, said(event)] }),
  recordVerified: ({ event }: Seen) => ({ verified: said(event) }),
  recordCarryOver: ({ event }: Seen) => ({ carriedOver: said(event) }),
  // What had been verified proved wrong.
  recordReopening: ({ context, event }: Seen) => ({
    reopenings: [...context.reopenings, said(event)],
    verified: null,
  }),
}

/** The machine of one thing to put right. Input: any object; it stays in the context. */
export function rectificationKind(name: string, options: RectificationOptions): Kind {
  const { by, verify, decide, inform = decide ?? [], due, lookBack, wording = {} } = options
  const planned = options.plan !== false
  const submit = { target: 'submitted', actions: 'recordResult' }
  const state = (which: State, spec: StateSpec): { [which: string]: StateSpec } => {
    const { title = defaults[which], source } = wording[which] ?? {}
    return { [which]: { meta: { title, ...(source !== undefined && { source }) }, ...spec } }
  }
  /** Sent back, by the verifier or by a look back: with time of its own. */
  const sentBack = (zh: string, en: string): StateSpec => ({
    entry: notify([...by], {
      zh: `{unit}的整改${zh}，请于{due}前再次报送`,
      en: `A rectification of {unit} was ${en}; submit it again by {due}`,
    }),
    on: { [`${name}.rectify`]: submit },
    after: { [`${name}Again`]: 'overdue' },
  })

  const states = {
    ...(planned &&
      state('open', {
        on: { [`${name}.plan`]: { target: 'rectifying', actions: 'recordPlan' } },
        after: { [options.planDue ?? due]: 'overdue' },
      })),
    ...state('rectifying', {
      on: { [`${name}.rectify`]: submit },
      after: { [due]: 'overdue' },
    }),
    ...state('submitted', {
      on: {
        [`${name}.close`]: { target: 'closed', actions: 'recordVerified' },
        [`${name}.return`]: { target: 'returned', actions: 'recordReturn' },
      },
      // The unit has done its part: the verifiers are pressed, it is not overdue.
      after: {
        [due]: {
          actions: notify([...inform, ...verify], {
            zh: '{unit}的整改结果待验收，已到整改期限',
            en: 'A rectification of {unit} awaits verification and the date has come',
          }),
        },
      },
    }),
    ...state('returned', sentBack('被退回', 'returned')),
    ...(lookBack &&
      state('reopened', { tags: 'reopened', ...sentBack('经回头看不到位', 'found wanting') })),
    ...state('overdue', {
      tags: 'overdue',
      entry: notify([...inform, ...by], {
        zh: '{unit}有一项整改逾期',
        en: 'A rectification of {unit} is overdue',
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
          [`${name}.carryOver`]: { target: 'carriedOver', actions: 'recordCarryOver' },
        }),
      },
    }),
    ...(lookBack
      ? {
          ...state('closed', {
            tags: 'settled',
            on: { [`${name}.reopen`]: { target: 'reopened', actions: 'recordReopening' } },
            after: { [lookBack.until]: 'settled' },
          }),
          ...state('settled', { type: 'final', tags: 'settled' }),
        }
      : state('closed', { type: 'final', tags: 'settled' })),
    ...(decide && state('carriedOver', { type: 'final', tags: 'settled' })),
  }
  const { title = defaults.kind, source } = wording.kind ?? {}
  return {
    spec: {
      meta: { title, ...(source !== undefined && { source }) },
      context: ({ input }) => ({
        ...(typeof input === 'object' ? input : {}),
        plan: null,
        finishOn: null,
        results: [],
        returns: [],
        reopenings: [],
        verified: null,
        carriedOver: null,
      }),
      initial: planned ? 'open' : 'rectifying',
      states,
    },
    guards: (planned ? guards : {}) as unknown as Kind['guards'],
    updates: updates as unknown as Kind['updates'],
  }
}

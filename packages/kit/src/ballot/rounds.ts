import { notify, type StateSpec, type Text } from '@duban/engine'

/** Where the author's machine goes on. */
export type RoundArrows = {
  /** The motion is carried, the threshold reached. */
  reached: string
  /** Valid, but short of it: the author's own states, which lead back to `<name>`. */
  below: string
  /** Short of it for the last time. */
  exhausted: string
  /** It was decided that there will be none. */
  waived?: string
}

type Options = {
  title: Text
  by: readonly string[]
  due: string
  waive?: readonly string[] | undefined
  source?: string | undefined
}

/**
 * @throws {RangeError} when a ballot that can be waived has no arrow for it
 */
export function roundStates(
  name: string,
  { title, by, due, waive, source }: Options,
  to: RoundArrows,
): { [state: string]: StateSpec } {
  if (waive && to.waived === undefined) {
    throw new RangeError(`ballotRounds «${name}»: states: say where it goes on when it is waived`)
  }
  const [again, overdue, counted] = [`${name}Again`, `${name}Overdue`, `${name}Counted`]
  const meta = (zh: string, en: string) => ({
    meta: { title: { zh, en }, ...(source !== undefined && { source }) },
  })
  // What has no quorum is kept, and held again; when it is overdue anyway, it stays so.
  const counts = (ifVoid: object) => ({
    [`${name}.count`]: [
      { guard: `${name}Void`, actions: `${name}Take`, ...ifVoid },
      { target: counted, actions: `${name}Take` },
    ],
  })
  return {
    [name]: {
      ...meta(`待${title.zh}`, `To be held: ${title.en}`),
      always: { guard: `${name}Before`, target: again },
      on: counts({ target: again }),
      after: { [due]: overdue },
    },
    [again]: {
      ...meta(`待再次${title.zh}`, `To be held again: ${title.en}`),
      entry: notify([...by], {
        zh: `请于{due}前再次组织{unit}${title.zh}`,
        en: `Hold it again for {unit} by {due}: ${title.en}`,
      }),
      on: counts({ target: again, reenter: true }),
      after: { [again]: overdue },
    },
    [overdue]: {
      ...meta(`${title.zh}逾期`, `Overdue: ${title.en}`),
      tags: 'overdue',
      entry: notify([...by, ...(waive ?? [])], {
        zh: `{unit}${title.zh}逾期`,
        en: `{unit} is overdue: ${title.en}`,
      }),
      on: {
        ...counts({}),
        ...(to.waived !== undefined && waive && { [`${name}.waive`]: { target: to.waived, actions: `${name}Waive` } }),
      },
    },
    [counted]: {
      ...meta(`${title.zh}结果`, `Result: ${title.en}`),
      always: [
        { guard: `${name}Reached`, target: to.reached },
        { guard: `${name}Exhausted`, target: to.exhausted },
        { target: to.below },
      ],
    },
  }
}

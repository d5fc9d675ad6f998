import { notify, tell, type StateSpec } from '@duban/engine'
import type { SatisfactionOptions } from './options.ts'

/** The state that holds a matter's handling, from the waiting for an answer to the end. */
export function satisfactionState(
  name: string,
  { title, answer, rate, decide, due, unit, sources = {} }: SatisfactionOptions,
  done: string,
): StateSpec {
  const answers = { [`${name}.answer`]: { target: 'rating', actions: `${name}Answer` } }
  const decides = {
    [`${name}.decide`]: [
      { target: 'again', guard: `${name}DecidesAgain`, actions: `${name}Decide` },
      { target: 'done', actions: `${name}Decide` },
    ],
  }
  const told =
    unit === undefined
      ? []
      : [
          tell('parent', `${name}.rated`, {
            unit: `context.${unit}`,
            first: `context.${name}.first`,
            last: `context.${name}.outcome`,
            answers: `context.${name}.count`,
          }),
        ]
  return {
    meta: { title },
    initial: 'answering',
    onDone: done,
    states: {
      answering: {
        meta: meta(`待${title.zh}`, `Awaiting: ${title.en}`, sources.answer),
        on: answers,
        after: { [due]: 'overdue' },
      },
      overdue: {
        meta: meta(`${title.zh}逾期`, `Overdue: ${title.en}`),
        tags: 'overdue',
        entry: notify([...decide, ...answer], {
          zh: `{unit}${title.zh}逾期`,
          en: `{unit} is overdue: ${title.en}`,
        }),
        on: { ...answers, ...decides },
      },
      rating: {
        meta: meta(`待评价${title.zh}`, `Awaiting the rating: ${title.en}`, sources.rate),
        entry: notify([...rate], {
          zh: `{unit}已${title.zh}，请于{due}前评价`,
          en: `{unit} has answered; please rate it by {due}`,
        }),
        on: {
          [`${name}.rate`]: [
            { target: 'done', guard: `${name}Content`, actions: `${name}Rate` },
            { target: 'again', guard: `${name}MayAgain`, actions: `${name}Rate` },
            { target: 'deciding', actions: `${name}Rate` },
          ],
        },
        after: { [`${name}Rating`]: { target: 'done', actions: `${name}Unrated` } },
      },
      again: {
        meta: meta(`重新办理：${title.zh}`, `Being handled again: ${title.en}`),
        tags: 'again',
        entry: notify([...answer], {
          zh: `{unit}${title.zh}未获满意，请于{due}前重新办理`,
          en: `{unit} did not satisfy; handle it again by {due}`,
        }),
        on: answers,
        after: { [`${name}Again`]: 'overdue' },
      },
      deciding: {
        meta: meta(`${title.zh}待领导决定`, `Awaiting a decision: ${title.en}`, sources.decide),
        entry: notify([...decide], {
          zh: `{unit}${title.zh}多次未获满意，请决定`,
          en: `{unit} did not satisfy several times; please decide`,
        }),
        on: decides,
      },
      done: {
        meta: meta(`${title.zh}办结`, `Done: ${title.en}`),
        type: 'final',
        entry: told,
      },
    },
  }
}

function meta(zh: string, en: string, source?: string): NonNullable<StateSpec['meta']> {
  return { title: { zh, en }, ...(source !== undefined && { source }) }
}

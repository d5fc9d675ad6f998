import { notify, open, type StateSpec } from '@duban/engine'
import { given, titledWith, type Titled } from '../block.ts'
import type { DisclosureOptions } from './options.ts'

/** From the draft to what stands. Objections are children; this counts how many of them are open. */
export function disclosureState(name: string, options: DisclosureOptions): Titled {
  const { title, publish, review, publishBy, source, onRevise } = options
  const again = options.accepted !== 'stands'
  const titled = titledWith(title)
  const code = (key: string): string => `${name}${key}`
  const press = (to: readonly string[], zh: string, en: string) =>
    notify([...new Set([...to, ...options.decide])], {
      zh: `{unit}${title.zh}${zh}`,
      en: `${title.en} of {unit}: ${en}`,
    })
  const first = review
    ? { [`${name}.submit`]: { target: 'reviewing', actions: code('Submit') } }
    : { [`${name}.publish`]: { target: 'period', actions: code('Publish') } }
  const also = onRevise === undefined ? [] : [onRevise]
  const revise = {
    [`${name}.revise`]: review
      ? { target: 'reviewing', actions: code('Submit') }
      : { target: 'period', actions: [code('Publish'), ...also] },
  }
  // Whatever is still open is answered, even when it was decided to leave the rest at that.
  const decide = { [`${name}.decide`]: { target: 'answering', actions: code('Decide') } }
  const toRevise = again ? [{ guard: code('Accepted'), target: 'revising' }] : []
  const receive = {
    actions: [code('Object'), open(`${name}Objection`, { from: 'payload', with: { by: 'by', at: 'at' } })],
  }

  return {
    meta: { title, ...given('source', source) },
    initial: 'unpublished',
    on: { [`${name}.ended`]: { actions: code('Ended') } },
    states: {
      unpublished: {
        meta: review ? titled('待报审', 'to be submitted') : titled('待公示', 'to be published'),
        on: first,
        ...(publishBy !== undefined && { after: { [publishBy]: 'unpublishedOverdue' } }),
      },
      ...(publishBy !== undefined && {
        unpublishedOverdue: {
          meta: titled('逾期未公示', 'publication overdue'),
          tags: 'overdue',
          entry: press(publish, '逾期未公示', 'it has not been published'),
          on: { ...first, ...decide },
        },
      }),
      ...(review && reviewStates(review)),
      period: {
        meta: titled('公示中', 'public'),
        tags: 'published',
        always: toRevise,
        on: {
          ...(options.object && { [`${name}.object`]: receive }),
          ...(options.register && { [`${name}.register`]: receive }),
        },
        after: {
          [`${name}Ends`]: [{ guard: code('Settled'), target: 'upheld' }, { target: 'answering' }],
        },
      },
      answering: {
        meta: titled('期满异议待答复', 'period over, objections to be answered'),
        tags: 'published',
        always: [...toRevise, { guard: code('Settled'), target: 'upheld' }],
      },
      ...(again && {
        revising: {
          meta: titled('采纳异议修改中', 'being revised'),
          on: revise,
          after: { [`${name}Revised`]: 'revisionOverdue' },
        },
        revisionOverdue: {
          meta: titled('修改逾期', 'revision overdue'),
          tags: 'overdue',
          entry: press(publish, '逾期未修改', 'it has not been revised'),
          on: { ...revise, ...decide },
        },
      }),
      upheld: {
        meta: titled('公示结束', 'notice period concluded'),
        type: 'final',
        tags: ['published', 'upheld'],
      },
    },
  }

  function reviewStates(reviewers: readonly string[]): { [state: string]: StateSpec } {
    const on = {
      [`${name}.approve`]: [
        ...(also.length === 0 ? [] : [{ guard: code('First'), target: 'period', actions: code('Approve') }]),
        { target: 'period', actions: [code('Approve'), ...also] },
      ],
      [`${name}.return`]: [
        ...(again ? [{ guard: code('First'), target: 'unpublished', actions: code('Return') }] : []),
        { target: again ? 'revising' : 'unpublished', actions: code('Return') },
      ],
    }
    return {
      reviewing: {
        meta: titled('待审核', 'to be reviewed'),
        always: toRevise,
        on,
        after: {
          [`${name}Reviewed`]: 'reviewOverdue',
          ...(publishBy !== undefined && {
            [publishBy]: { guard: code('First'), target: 'reviewOverdue' },
          }),
        },
      },
      reviewOverdue: {
        meta: titled('审核逾期', 'review overdue'),
        tags: 'overdue',
        entry: press(reviewers, '逾期未审核', 'it has not been reviewed'),
        always: toRevise,
        on: { ...on, ...decide },
      },
    }
  }
}

import { tell } from '@duban/engine'
import type { z } from 'zod'
import type { Author, Kind } from './author.ts'
import { pressure, share as fragment, type Owner, type Progress } from './plan.ts'

type Input = Owner & { title: string; dueOn: string }
export type ShareContext = Input &
  typeof fragment.context &
  typeof pressure.context & {
    reports: number
    progress: (z.output<typeof Progress> & { by: string; at: string }) | null
  }

/** 一份责任: what one of several owners does of an item. */
export function share({ machine, on }: Author): Kind {
  return machine<ShareContext, Input>({
    updates: {
      ...fragment.updates,
      ...pressure.updates,
      recordProgress: on('progress.report', ({ context, payload, by, at }) => ({
        reports: context.reports + 1,
        progress: { ...payload, by, at },
      })),
    },
  }).createMachine({
    meta: { title: { zh: '责任份', en: 'Share' } },
    context: ({ input }) => ({
      ...input,
      ...fragment.context,
      ...pressure.context,
      reports: 0,
      progress: null,
    }),
    initial: 'share',
    states: {
      share: {
        ...fragment.states({ accepted: 'done' }).share,
        on: { 'progress.report': { actions: 'recordProgress' } },
      },
      done: {
        meta: { title: { zh: '已落实', en: 'Done' } },
        type: 'final',
        tags: 'done',
        entry: tell('parent', 'share.told', { late: 'context.share.last.late' }),
      },
    },
  })
}

import { open, tell } from '@duban/engine'
import type { Author, Kind } from './author.ts'
import type { Item } from './plan.ts'

export type ItemContext = Item & { shares: number; late: number }

/** 事项: done only when each of its owners has done their share, and not before. */
export function item({ machine }: Author): Kind {
  return machine<ItemContext, Item>({
    updates: {
      count: ({ context, event }) => {
        const { late } = event.payload as { late: string | null }
        return { shares: context.shares + 1, late: context.late + Number(late !== null) }
      },
    },
  }).createMachine({
    meta: { title: { zh: '事项', en: 'Item' } },
    context: ({ input }) => ({ ...input, shares: 0, late: 0 }),
    initial: 'running',
    on: { 'share.told': { actions: 'count' } },
    states: {
      running: {
        meta: { title: { zh: '落实中', en: 'Being carried out' } },
        entry: open('share', {
          each: 'context.owners',
          unit: 'unit',
          with: { title: 'context.title', dueOn: 'context.dueOn' },
        }),
        on: { 'every.share.done': 'done' },
      },
      done: {
        meta: { title: { zh: '已落实', en: 'Done' } },
        type: 'final',
        tags: 'done',
        entry: tell('parent', 'item.told', { shares: 'context.shares', late: 'context.late' }),
      },
    },
  })
}

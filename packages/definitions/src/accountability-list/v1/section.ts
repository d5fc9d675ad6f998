import { open, tell } from '@duban/engine'
import type { Author, Kind } from './author.ts'
import { tally, type Section } from './plan.ts'

export type SectionContext = Section & { totals: typeof tally.none }

/** 部分: a section of the list. It adds up its items, and tells the root each time one is done. */
export function section({ machine }: Author): Kind {
  return machine<SectionContext, Section>({
    updates: {
      add: ({ context, event }) => {
        const { shares, late } = event.payload as { shares: number; late: number }
        return { totals: tally.add(context.totals, tally.one({ shares, late })) }
      },
    },
  }).createMachine({
    meta: { title: { zh: '部分', en: 'Section' } },
    context: ({ input }) => ({ ...input, totals: tally.none }),
    initial: 'running',
    on: {
      'item.told': {
        actions: ['add', tell('parent', 'section.told', { no: 'context.no', totals: 'context.totals' })],
      },
    },
    states: {
      running: {
        meta: { title: { zh: '落实中', en: 'Being carried out' } },
        entry: open('item', { each: 'context.items' }),
        on: { 'every.item.done': 'done' },
      },
      done: { meta: { title: { zh: '已落实', en: 'Done' } }, type: 'final', tags: 'done' },
    },
  })
}

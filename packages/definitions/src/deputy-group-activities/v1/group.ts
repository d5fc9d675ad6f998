import { notify, open, tell, type EngineAction } from '@duban/engine'
import type { Author, Kind } from './commands.ts'
import type { Collected } from './payloads.ts'
import { first, second } from './plan.ts'

type GroupContext = {
  unit: string
  /** 两次活动: what their sessions are opened with; the days are named later. */
  firstActivity: { title: string }
  secondActivity: { title: string }
  suggestions: Collected[]
} & typeof first.ledger.context &
  typeof second.ledger.context

/** 代表小组: its deputies, its two activities, what it forwards. */
export function group({ machine, on }: Author): Kind {
  const list = {
    'deputies.list': {
      target: 'first',
      actions: open('deputy', { each: 'payload.deputies' }),
    },
  } as const
  const forward = {
    'suggestions.forward': {
      target: 'settled',
      actions: tell('parent', 'suggestions.forwarded', { suggestions: 'context.suggestions' }),
    },
  } as const

  return machine<GroupContext, { id: string }>({
    updates: {
      ...first.ledger.updates,
      ...second.ledger.updates,
      keepSuggestion: on('suggestion.collected', ({ context, payload }) => ({
        suggestions: [...context.suggestions, { ...payload, group: context.unit }],
      })),
    },
  }).createMachine({
    meta: { title: { zh: '代表小组', en: 'Deputy group' } },
    context: ({ input }) => ({
      unit: input.id,
      firstActivity: { title: '第一次活动' },
      secondActivity: { title: '第二次活动' },
      suggestions: [],
      ...first.ledger.context,
      ...second.ledger.context,
    }),
    initial: 'listing',
    on: {
      ...first.ledger.on,
      ...second.ledger.on,
      'suggestion.collected': { actions: 'keepSuggestion' },
    },
    states: {
      listing: {
        meta: { title: { zh: '登记代表', en: 'Listing the deputies' } },
        on: list,
        after: { listed: 'listingOverdue' },
      },
      listingOverdue: {
        meta: { title: { zh: '代表名单逾期', en: 'List overdue' } },
        tags: 'overdue',
        entry: press('代表名单逾期未登记', 'the deputies have not been listed'),
        on: list,
      },
      first: {
        meta: { title: { zh: '第一次活动', en: 'First activity' } },
        entry: open('first', { from: 'context.firstActivity' }),
        on: { 'every.first.held': 'firstDuties' },
      },
      firstDuties: {
        meta: {
          title: { zh: '代表确定联系群众并述职', en: 'Contacts named, constituents told' },
          source: '第一次活动(三)(四)',
        },
        entry: tell({ children: 'deputy' }, 'first.began'),
        on: { 'every.deputy.firstDone': 'firstMakeUp' },
      },
      firstMakeUp: {
        meta: { title: { zh: '第一次活动补课', en: 'First activity being made up' } },
        on: { 'every.first.complete': 'second' },
      },
      second: {
        meta: { title: { zh: '第二次活动', en: 'Second activity' } },
        entry: open('second', { from: 'context.secondActivity' }),
        on: { 'every.second.held': 'secondDuties' },
      },
      secondDuties: {
        meta: {
          title: { zh: '代表汇报帮扶情况并述职', en: 'Help reported, constituents told' },
          source: '第二次活动(三)(四)',
        },
        entry: tell({ children: 'deputy' }, 'second.began'),
        on: { 'every.deputy.settled': 'secondMakeUp' },
      },
      secondMakeUp: {
        meta: { title: { zh: '第二次活动补课', en: 'Second activity being made up' } },
        on: { 'every.second.complete': 'forwarding' },
      },
      forwarding: {
        meta: {
          title: { zh: '待报送建议、批评、意见', en: 'Suggestions to be forwarded' },
          source: '第二次活动(五)',
        },
        on: forward,
        after: { forwarded: 'forwardOverdue' },
      },
      forwardOverdue: {
        meta: { title: { zh: '建议报送逾期', en: 'Forwarding overdue' } },
        tags: 'overdue',
        entry: press('建议、批评、意见逾期未报送', 'the suggestions have not been forwarded'),
        on: forward,
      },
      settled: {
        meta: { title: { zh: '两次活动完成', en: 'Both activities done' } },
        type: 'final',
        tags: 'settled',
      },
    },
  })
}

function press(zh: string, en: string): EngineAction {
  return notify(['convener', 'works'], { zh: `{unit}${zh}`, en: `{unit}: ${en}` })
}

import { notify, open } from '@duban/engine'
import { analysis, type Author, type Kind } from './commands.ts'
import type { Examples } from './payloads.ts'
import { tasks } from './task.ts'

type CampaignContext = {
  tasks: typeof tasks
  examples: (Examples & { by: string; at: string }) | null
  decision: { reason: string; by: string; at: string } | null
} & typeof analysis.context

/** 支部: mobilisation, self-check and review of its sections, then rectification, examples and report. */
export function campaign({ machine, on }: Author): Kind {
  const examples = {
    'examples.submit': { target: 'submitted', actions: 'recordExamples' },
  } as const

  return machine<CampaignContext>({
    guards: { ...analysis.guards },
    updates: {
      ...analysis.updates,
      recordExamples: on('examples.submit', ({ payload, by, at }) => ({
        examples: { ...payload, by, at },
      })),
      recordDecision: on('conclusion.decide', ({ payload, by, at }) => ({
        decision: { ...payload, by, at },
      })),
    },
  }).createMachine({
    meta: { title: { zh: '治庸问责作风整顿', en: 'Rectification of working style' } },
    context: { tasks, examples: null, decision: null, ...analysis.context },
    initial: 'mobilising',
    states: {
      mobilising: {
        meta: { title: { zh: '动员部署', en: 'Mobilising' }, source: '进行动员部署' },
        entry: open('task', { each: 'context.tasks' }),
        on: { 'every.task.done': 'checking' },
        after: { tasks: 'checking' },
      },
      checking: {
        meta: { title: { zh: '自查自纠', en: 'Self-check and review' } },
        entry: open('unit'),
        on: { 'every.unit.reviewed': 'rectifying' },
        after: { review: 'rectifying' },
      },
      rectifying: {
        meta: { title: { zh: '整改落实和总结', en: 'Rectification and summary' } },
        type: 'parallel',
        onDone: 'closed',
        states: {
          sections: {
            meta: { title: { zh: '部门整改', en: 'Sections' } },
            initial: 'working',
            states: {
              working: {
                meta: { title: { zh: '各部门整改中', en: 'Sections at work' } },
                on: { 'every.unit.passed': 'allPassed' },
                after: { analysis: 'overdue' },
              },
              // Until passed: looking back may take longer than the report.
              overdue: {
                meta: { title: { zh: '仍有部门未过关', en: 'Some have not passed' } },
                tags: 'overdue',
                entry: notify(['secretary', 'branch'], {
                  zh: '仍有部门测评未过关，请督促或决定结束：{campaign}',
                  en: 'Some sections have not passed; press them or decide to end: {campaign}',
                }),
                on: {
                  'every.unit.passed': 'allPassed',
                  'conclusion.decide': { target: 'decided', actions: 'recordDecision' },
                },
              },
              allPassed: {
                meta: { title: { zh: '全部过关', en: 'All have passed' } },
                type: 'final',
              },
              decided: {
                meta: { title: { zh: '决定结束', en: 'Ended by decision' } },
                type: 'final',
              },
            },
          },
          examples: {
            meta: { title: { zh: '抓好典型', en: 'Examples' }, source: '抓好一批典型' },
            initial: 'choosing',
            states: {
              choosing: {
                meta: { title: { zh: '选树典型', en: 'Choosing examples' } },
                on: examples,
                after: { examples: 'overdue' },
              },
              overdue: {
                meta: { title: { zh: '典型情况逾期', en: 'Examples overdue' } },
                tags: 'overdue',
                entry: notify(['secretary', 'branch'], {
                  zh: '正反典型情况逾期未报：{campaign}',
                  en: 'The examples are overdue: {campaign}',
                }),
                on: examples,
              },
              submitted: { meta: { title: { zh: '典型已报', en: 'Submitted' } }, type: 'final' },
            },
          },
          report: {
            meta: { title: { zh: '综合分析', en: 'Report' } },
            initial: 'analysis',
            states: {
              ...analysis.states({ approved: 'received' }),
              received: { meta: { title: { zh: '报告已报', en: 'Received' } }, type: 'final' },
            },
          },
        },
      },
      closed: { meta: { title: { zh: '已结束', en: 'Closed' } }, type: 'final' },
    },
  })
}

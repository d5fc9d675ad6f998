import { defineCampaign, open } from '@duban/engine'
import t from 'tap'
import { z } from 'zod'
import { extension } from '../src/extension/index.ts'
import { ladder } from '../src/ladder/index.ts'
import { report } from '../src/report/index.ts'
import { startPlay } from './player.ts'
import { treePlan } from './tree.ts'

const title = { zh: '任务', en: 'Task' }
const delay = extension('delay', { ask: ['owner'], decide: ['office'], times: 2 })
const pressure = ladder('pressure', { urge: { after: '3 days' } }, { from: 'context.dueOn' })
// A report whose overdue state is a ladder that counts from the matter's day, with an extension beside it.
const paper = report('paper', {
  title: { zh: '报告', en: 'Paper' },
  submit: ['owner'],
  due: 'paperDue',
  press: pressure,
})
const campaign = defineCampaign({
  id: 'tasks',
  version: 1,
  title,
  roles: {
    office: { title: { zh: '办公室', en: 'Office' }, scope: 'campaign' },
    owner: { title: { zh: '承办人', en: 'Owner' }, scope: 'unit' },
  },
  dates: {
    due: { title, due: 'context.dueOn', remind: ['-1 day'] },
    paperDue: { title, due: 'context.dueOn' },
    ...delay.dates,
    ...paper.dates,
    ...pressure.dates,
  },
  commands: {
    'task.give': {
      title,
      by: ['office'],
      payload: z.strictObject({ dueOn: z.iso.date() }),
    },
    'task.finish': { title, by: ['owner'], payload: z.strictObject({}) },
    ...delay.commands,
    ...paper.commands,
    ...pressure.commands,
  },
  machines: ({ machine }) => ({
    campaign: machine().createMachine({
      meta: { title },
      initial: 'running',
      states: {
        running: { meta: { title }, entry: open('unit'), on: { 'every.unit.done': 'over' } },
        over: { meta: { title }, type: 'final' },
      },
    }),
    unit: machine().createMachine({
      meta: { title },
      initial: 'waiting',
      states: {
        waiting: {
          meta: { title },
          on: { 'task.give': { target: 'going', actions: open('task', { from: 'payload' }) } },
        },
        going: { meta: { title }, on: { 'every.task.done': 'done' } },
        done: { meta: { title }, type: 'final', tags: 'done' },
      },
    }),
    task: machine<
      typeof delay.context & typeof paper.context & typeof pressure.context & { dueOn: string },
      { dueOn: string }
    >({
      guards: { ...delay.guards, ...pressure.guards },
      updates: { ...delay.updates, ...paper.updates, ...pressure.updates },
    }).createMachine({
      meta: { title },
      context: ({ input }) => ({
        ...delay.context,
        ...paper.context,
        ...pressure.context,
        ...input,
      }),
      initial: 'live',
      states: {
        live: {
          meta: { title },
          type: 'parallel',
          states: {
            delay: delay.region(),
            work: {
              meta: { title: { zh: '办理', en: 'Work' } },
              initial: 'doing',
              states: {
                doing: {
                  meta: { title: { zh: '办理中', en: 'Doing' } },
                  always: delay.anew('doing'),
                  after: { due: 'overdue' },
                  on: { 'task.finish': 'paper' },
                },
                overdue: {
                  meta: { title: { zh: '逾期', en: 'Overdue' } },
                  tags: 'overdue',
                  always: delay.anew('doing'),
                  on: { 'task.finish': 'paper' },
                },
                ...paper.states({ accepted: '#task.done' }),
              },
            },
          },
        },
        done: { meta: { title: { zh: '完成', en: 'Done' } }, type: 'final', tags: 'done' },
      },
    }),
  }),
})

function begun() {
  const play = startPlay(campaign, treePlan(['north'], { ma: ['office'], lu: ['owner@north'] }))
  play.say('ma', 'task.give', play.unit('north'), { dueOn: '2026-01-20' })
  const [task] = play.children(play.unit('north'), 'task')
  if (!task) throw new Error('one task was given')
  return { play, task }
}
const because = { reason: '暴雪' }

void t.test('in an author’s own machine: twice, from the day then standing', async (t) => {
  const { play, task } = begun()
  t.equal(play.say('lu', 'delay.ask', task, { until: '2026-02-10', ...because }), 'ok')
  t.equal(play.say('ma', 'delay.grant', task, {}), 'ok')
  play.goTo('2026-02-10 09:00')
  t.equal(play.state(task), '可申请延期 + 办理中')
  t.equal(play.say('lu', 'delay.ask', task, { until: '2026-03-01', ...because }), 'ok')
  play.goTo('2026-02-12 09:00')
  t.equal(play.state(task), '延期待批 + 逾期')
  t.equal(play.say('ma', 'delay.grant', task, {}), 'ok')
  t.equal(play.state(task), '不再受理延期 + 办理中')
  play.goTo('2026-03-02 00:00')
  t.equal(play.state(task), '不再受理延期 + 逾期')
  t.equal(play.say('lu', 'task.finish', task, {}), 'ok')
  t.ok(play.proves())
})

void t.test('a report goes to its ladder, which counts from the matter’s day', async (t) => {
  const { play, task } = begun()
  play.goTo('2026-01-19 09:00')
  t.equal(play.say('lu', 'task.finish', task, {}), 'ok')
  play.goTo('2026-01-23 23:59')
  t.equal(play.state(task), '不再受理延期 + 逾期未报报告')
  play.goTo('2026-01-24 00:00')
  t.equal(play.state(task), '不再受理延期 + 已督促')
  t.equal(play.say('lu', 'paper.makeUp', task, { summary: '办结', ...because }), 'ok')
  t.equal(play.state(task), '完成')
  t.equal(play.root().state.status, 'done')
  t.ok(play.proves())
})

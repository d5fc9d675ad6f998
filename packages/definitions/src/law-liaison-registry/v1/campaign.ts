import { notify, open } from '@duban/engine'
import type { Author, Conference, Kind } from './commands.ts'
import { gathering } from './plan.ts'

type CampaignContext = {
  /** 每年一次: opened for the year, their days named later. */
  sessions: { title: string; heldOn: null }[]
  conference: (Conference & { by: string; at: string }) | null
} & typeof gathering.ledger.context

/** 一年的联络员工作: appointment, the year's meetings and trainings, review. */
export function campaign({ machine, on }: Author): Kind {
  const called = { actions: open('session', { from: 'payload' }) }
  const calling = { 'meeting.call': called, 'task.assign': called }
  const hold = { 'conference.hold': { target: 'closed', actions: 'recordConference' } }

  return machine<CampaignContext>({
    updates: {
      ...gathering.ledger.updates,
      recordConference: on('conference.hold', ({ payload, by, at }) => ({
        conference: { ...payload, by, at },
      })),
    },
  }).createMachine({
    meta: { title: { zh: '普法联络员工作', en: 'Law liaisons of the year' } },
    context: {
      sessions: [
        { title: '年度普法联络员会议', heldOn: null },
        { title: '年度联络员集中培训', heldOn: null },
      ],
      conference: null,
      ...gathering.ledger.context,
    },
    initial: 'appointing',
    on: { ...gathering.ledger.on },
    states: {
      appointing: {
        meta: { title: { zh: '选任联络员', en: 'Appointing liaisons' }, source: '第四条' },
        entry: open('post'),
        on: { 'every.post.inOffice': 'working' },
        after: {
          appointed: {
            target: 'working',
            actions: notify(['group', 'office'], {
              zh: '尚有部门未选派普法联络员:{campaign}',
              en: 'Some departments have no liaison yet: {campaign}',
            }),
          },
        },
      },
      working: {
        meta: { title: { zh: '联络员履职', en: 'Liaisons at work' }, source: '第五条、第六条' },
        entry: open('session', { each: 'context.sessions' }),
        on: calling,
        after: { review: 'reviewing' },
      },
      reviewing: {
        meta: { title: { zh: '年终考核', en: 'Review of the year' }, source: '第六条(五)' },
        on: calling,
        after: { judged: 'conferring' },
      },
      conferring: {
        meta: {
          title: { zh: '待召开总结表彰会', en: 'Conference to be held' },
          source: '第六条(五)',
        },
        on: { ...calling, ...hold },
        after: { conference: 'conferenceOverdue' },
      },
      conferenceOverdue: {
        meta: { title: { zh: '总结表彰会逾期未开', en: 'Conference overdue' } },
        tags: 'overdue',
        entry: notify(['group', 'office'], {
          zh: '年度总结表彰会逾期未召开:{campaign}',
          en: 'The conference of the year is overdue: {campaign}',
        }),
        on: hold,
      },
      closed: { meta: { title: { zh: '年度工作结束', en: 'Year closed' } }, type: 'final' },
    },
  })
}

import { notify, tell, type StateSpec } from '@duban/engine'
import type { Author, Kind } from './commands.ts'
import type { Contact, DutyReport } from './payloads.ts'

type DeputyContext = {
  person: string
  /** 联系群众. They stay here: nothing of them is told to others. */
  contacts: Contact[]
  help: { name: string; given: string }[]
  /** One for each activity. */
  dutyReports: DutyReport[]
  excused: { reason: string; by: string; at: string }[]
  secondBegan: boolean
}

/** 县人大代表: the contacts and reports that each owes, beside the group's activities. */
export function deputy({ machine, on }: Author): Kind {
  const overdue = notify(['convener', 'deputy', 'works'], {
    zh: '{unit}有代表逾期未完成活动任务',
    en: 'A deputy of {unit} has not done all that belongs to the activity',
  })
  /** One duty, in time or late; the commission may excuse from the late ones. */
  const duty = (
    [zh, en]: [string, string],
    command: 'deputy.nameContacts' | 'deputy.reportHelp' | 'deputy.reportDuty',
    how: { guard?: string; actions: string },
    excused: string,
  ): StateSpec => ({
    meta: { title: { zh, en } },
    initial: 'awaited',
    states: {
      awaited: {
        meta: { title: { zh: `待${zh}`, en: `${en}: awaited` } },
        on: { [command]: { target: 'done', ...how } },
        after: { duties: 'overdue' },
      },
      overdue: {
        meta: { title: { zh: `${zh}逾期`, en: `${en}: overdue` } },
        tags: 'overdue',
        entry: overdue,
        on: {
          [command]: { target: 'done', ...how },
          'deputy.excuse': { target: excused, actions: 'recordExcuse' },
        },
      },
      done: { meta: { title: { zh: `已${zh}`, en: `${en}: done` } }, type: 'final' },
    },
  })
  const collect = {
    'suggestion.collect': {
      actions: tell('parent', 'suggestion.collected', {
        voice: 'payload.voice',
        title: 'payload.title',
        text: 'payload.text',
        collectedBy: 'by',
      }),
    },
  } as const
  const report = { actions: 'recordDuty' }

  return machine<DeputyContext, { person: string }>({
    guards: {
      // Whoever was excused from naming contacts has nobody to report on.
      helpsEach: on('deputy.reportHelp', ({ context, payload }) =>
        context.contacts.every((contact) => payload.help.some(({ name }) => name === contact.name)),
      ),
      secondBegan: ({ context }) => context.secondBegan,
    },
    updates: {
      recordContacts: on('deputy.nameContacts', ({ payload }) => payload),
      recordHelp: on('deputy.reportHelp', ({ payload }) => payload),
      recordDuty: on('deputy.reportDuty', ({ context, payload }) => ({
        dutyReports: [...context.dutyReports, payload],
      })),
      recordExcuse: on('deputy.excuse', ({ context, payload, by, at }) => ({
        excused: [...context.excused, { ...payload, by, at }],
      })),
      markSecond: () => ({ secondBegan: true }),
    },
  }).createMachine({
    meta: { title: { zh: '县人大代表', en: 'Deputy' } },
    context: ({ input }) => ({
      person: input.person,
      contacts: [],
      help: [],
      dutyReports: [],
      excused: [],
      secondBegan: false,
    }),
    initial: 'awaiting',
    on: { 'second.began': { actions: 'markSecond' } },
    states: {
      awaiting: {
        meta: { title: { zh: '待第一次活动', en: 'Awaiting the first activity' } },
        on: { 'first.began': 'first', ...collect },
      },
      first: {
        meta: { title: { zh: '第一次活动任务', en: 'Duties of the first activity' } },
        type: 'parallel',
        on: collect,
        onDone: 'between',
        states: {
          contacts: duty(
            ['确定联系群众', 'Contacts'],
            'deputy.nameContacts',
            { actions: 'recordContacts' },
            '#deputy.between',
          ),
          constituents: duty(['向选民述职', 'Report to constituents'], 'deputy.reportDuty', report, '#deputy.between'),
        },
      },
      between: {
        meta: { title: { zh: '待第二次活动', en: 'Awaiting the second activity' } },
        tags: 'firstDone',
        always: { guard: 'secondBegan', target: 'second' },
        on: { 'second.began': 'second', ...collect },
      },
      second: {
        meta: { title: { zh: '第二次活动任务', en: 'Duties of the second activity' } },
        tags: 'firstDone',
        type: 'parallel',
        on: collect,
        onDone: 'settled',
        states: {
          help: duty(
            ['汇报帮扶情况', 'Help given'],
            'deputy.reportHelp',
            { guard: 'helpsEach', actions: 'recordHelp' },
            '#deputy.settled',
          ),
          constituents: duty(['向选民述职', 'Report to constituents'], 'deputy.reportDuty', report, '#deputy.settled'),
        },
      },
      settled: {
        meta: { title: { zh: '任务完成', en: 'Duties done' } },
        type: 'final',
        tags: ['firstDone', 'settled'],
      },
    },
  })
}

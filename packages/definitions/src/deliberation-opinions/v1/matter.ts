import { notify, tell } from '@duban/engine'
import { opinions, type Author, type Kind } from './commands.ts'
import { matterCode } from './matter-code.ts'
import type { MatterContext } from './matter-context.ts'
import type { Matter } from './payloads.ts'

const late = (zh: string, en: string, ...to: ('secretary' | 'department')[]) =>
  notify(['chair', 'director', ...to], { zh: `{unit}${zh}`, en: `{unit}: ${en}` })

/** 议题: cards and session, opinions signed and adopted, the department's reply heard and voted on. */
export function matter(author: Author): Kind {
  const cards = {
    'card.fill': { guard: 'firstCard', actions: 'recordCard' },
    'session.record': { target: 'opinions', actions: 'recordSession' },
  } as const
  const replies = { 'reply.submit': { target: 'hearing', actions: 'recordReply' } } as const
  const hearing = {
    'hearing.record': { target: 'rating', actions: 'recordHearing' },
    'reply.return': { target: 'returned', actions: 'recordReturn' },
  } as const
  /** One of the three ways of adopting; what is not adopted is drafted anew. */
  const formed = {
    formed: {
      actions: [
        'noteLate',
        notify(['chair', 'director', 'secretary'], {
          zh: '{unit}议题的审议意见逾期未形成',
          en: 'The opinions on a matter of {unit} are overdue',
        }),
      ],
    },
  } as const

  return author.machine<MatterContext, Matter>(matterCode(author)).createMachine({
    meta: { title: { zh: '议题', en: 'Matter' } },
    context: ({ input }) => ({
      ...input,
      cards: [],
      session: null,
      votes: [],
      adoptions: [],
      formedLate: false,
      replies: [],
      returns: [],
      hearings: [],
      ratings: [],
      outcomes: [],
      first: 'unrated',
      last: 'unrated',
      answers: 0,
      decisions: [],
      ...opinions.context,
    }),
    initial: 'carding',
    states: {
      carding: {
        meta: {
          title: { zh: '填写审议意见卡', en: 'Cards are filled in' },
          source: '可推行“书面审议”制度',
        },
        entry: notify(['member'], {
          zh: '{unit}的议题请于{due}前结合调研填写审议意见卡',
          en: 'Please fill in your card on a matter of {unit} by {due}',
        }),
        on: cards,
        after: { session: 'sessionOverdue' },
      },
      sessionOverdue: {
        meta: { title: { zh: '会议记录逾期', en: 'The session is not recorded' } },
        tags: 'overdue',
        entry: late('议题会期已过而未记录审议', 'the session is not recorded', 'secretary'),
        on: cards,
      },

      ...opinions.states({ approved: 'forming' }),
      forming: {
        meta: { title: { zh: '形成审议意见', en: 'How it is adopted' } },
        always: [
          { guard: 'byVote', target: 'voting' },
          { guard: 'byChairs', target: 'chairsMeeting' },
          { target: 'deciding' },
        ],
      },
      voting: {
        meta: {
          title: { zh: '常委会会议表决', en: 'Vote of the committee' },
          source: '一种是由常委会会议表决通过',
        },
        on: {
          'vote.cast': { guard: 'firstVote', actions: 'recordVote' },
          'vote.count': [
            { target: 'handling', guard: 'carried', actions: 'recordCount' },
            { target: 'opinions', guard: 'voted', actions: 'recordCount' },
          ],
        },
        after: formed,
      },
      chairsMeeting: {
        meta: {
          title: { zh: '主任会议讨论', en: 'Chairs’ meeting' },
          source: '第二种是由主任会议讨论通过',
        },
        on: {
          'chairs.decide': [
            { target: 'handling', guard: 'chairsAdopt', actions: 'recordChairs' },
            { target: 'opinions', actions: 'recordChairs' },
          ],
        },
        after: formed,
      },
      deciding: {
        meta: {
          title: { zh: '主要负责人决定', en: 'Decision of the person responsible' },
          source: '第三种是由办事机构、工作机构或有关委员会的主要负责人决定',
        },
        on: {
          'responsible.decide': [
            { target: 'handling', guard: 'responsibleAdopts', actions: 'recordResponsible' },
            { target: 'opinions', actions: 'recordResponsible' },
          ],
        },
        after: formed,
      },

      handling: {
        meta: {
          title: { zh: '交办，承办部门办理', en: 'Issued to the department' },
          source: '交付“一府两院”办理',
        },
        entry: notify(['department', 'member'], {
          zh: '审议意见已印发，请{unit}于{due}前书面报送办理情况',
          en: 'The opinions are issued; {unit} replies in writing by {due}',
        }),
        on: replies,
        after: { replied: 'replyOverdue' },
      },
      replyOverdue: {
        meta: { title: { zh: '办理情况逾期', en: 'Reply overdue' } },
        tags: 'overdue',
        entry: late('逾期未报送审议意见办理情况', 'the reply is overdue', 'department'),
        on: replies,
      },
      returned: {
        meta: { title: { zh: '办理情况退回', en: 'Reply returned' } },
        entry: notify('department', {
          zh: '{unit}的办理情况被退回，请于{due}前重新报送',
          en: 'The reply of {unit} was returned; write again by {due}',
        }),
        on: replies,
        after: { replyAgain: 'replyOverdue' },
      },
      hearing: {
        meta: {
          title: { zh: '待听取办理情况', en: 'To be heard' },
          source: '听取审议意见办理情况的报告',
        },
        on: hearing,
        after: { heard: 'hearingOverdue' },
      },
      hearingOverdue: {
        meta: { title: { zh: '听取办理情况逾期', en: 'Hearing overdue' } },
        tags: 'overdue',
        entry: late('的办理情况逾期未听取', 'the hearing is overdue', 'secretary'),
        on: hearing,
      },
      rating: {
        meta: { title: { zh: '满意度测评', en: 'Vote on satisfaction' } },
        on: {
          'satisfaction.vote': { guard: 'firstRating', actions: 'recordRating' },
          'satisfaction.count': [
            { target: 'settled', guard: 'content', actions: 'endRating' },
            { target: 'handedBack', guard: 'mayHandBack', actions: 'endRating' },
            { target: 'undecided', guard: 'rated', actions: 'endRating' },
          ],
        },
        after: {
          heard: {
            actions: notify(['director', 'secretary', 'member'], {
              zh: '{unit}的办理情况已听取一个月而未测评',
              en: 'The reply of {unit} was heard a month ago and is not voted on',
            }),
          },
        },
      },
      handedBack: {
        meta: { title: { zh: '不满意，交回再办', en: 'Handed back' } },
        tags: 'handedBack',
        entry: notify('department', {
          zh: '{unit}的办理情况未获满意，请于{due}前重新办理',
          en: 'The reply of {unit} did not satisfy; handle it again by {due}',
        }),
        on: replies,
        after: { handledAgain: 'replyOverdue' },
      },
      undecided: {
        meta: { title: { zh: '多次不满意，待主任决定', en: 'Awaiting the chair' } },
        entry: notify('chair', {
          zh: '{unit}的办理情况多次未获满意，请决定',
          en: 'The replies of {unit} did not satisfy; please decide',
        }),
        on: {
          'matter.decide': [
            { target: 'handedBack', guard: 'handsBack', actions: 'recordDecision' },
            { target: 'settled', actions: 'recordDecision' },
          ],
        },
      },
      settled: {
        meta: { title: { zh: '办结', en: 'Settled' } },
        type: 'final',
        tags: 'settled',
        entry: tell('parent', 'matter.settled', {
          title: 'context.title',
          unit: 'context.owner',
          first: 'context.first',
          last: 'context.last',
          answers: 'context.answers',
        }),
      },
    },
  })
}

import { type Author as AuthorOf, unitId, type CommandSpec } from '@duban/engine'
import { z } from 'zod'
import { label, Reason, words } from '@duban/kit'
import { gathering, post, type dates, type messages, type roles } from './plan.ts'

const day = z.iso.date()
/** SHA-256 of attachments, as `POST /api/evidence` returns them. */
const evidence = z.array(z.string().regex(/^[0-9a-f]{64}$/u)).max(50)

/** 第六条(三): what the report must be about. */
export const Report = z.strictObject({
  study: words,
  enforcement: words,
  governance: words,
  duties: words,
  evidence: evidence.optional(),
})
export type Report = z.output<typeof Report>

/** Input of a session: it is announced already, for its day is known. */
const Called = z.strictObject({ title: label, heldOn: day })

export const Conference = z.strictObject({
  heldOn: day,
  summary: words,
  /** Departments that have no liaison. */
  vacant: z.array(unitId()),
})
export type Conference = z.output<typeof Conference>

export const commands = {
  ...post.commands,
  ...gathering.commands,
  'meeting.call': {
    title: { zh: '临时召开会议', en: 'Call a meeting' },
    by: ['office'],
    payload: Called,
    source: '在特殊情况下可临时召开会议',
  },
  'task.assign': {
    title: { zh: '交办任务', en: 'Assign a task' },
    by: ['office'],
    payload: Called,
    source: '交办的任务完成情况',
  },
  'report.submit': {
    title: { zh: '报送年度书面报告', en: 'Submit the yearly report' },
    by: ['staff'],
    only: 'context.postHolder',
    payload: Report,
    source: '主要内容是本部门、本单位的学法、执法、依法治理工作和自身履行联络员职责的情况',
  },
  'report.accept': {
    title: { zh: '收悉报告', en: 'Accept the report' },
    by: ['office'],
    notBy: ['report.submit'],
    payload: z.strictObject({ opinion: words.optional() }),
  },
  'report.return': {
    title: { zh: '退回报告', en: 'Return the report' },
    by: ['office'],
    notBy: ['report.submit'],
    payload: Reason,
  },
  'conference.hold': {
    title: { zh: '召开总结表彰会', en: 'Hold the conference of the year' },
    by: ['office'],
    payload: Conference,
    source: '每年召开一次联络员工作总结表彰会',
  },
} as const satisfies { [name: string]: CommandSpec<keyof typeof roles, keyof typeof dates> }

export type Author = AuthorOf<typeof commands, typeof messages, keyof typeof dates>
export type { Kind } from '@duban/engine'

import t from 'tap'
import { stateText, transcript, type Event, type Instance, type Transition } from '../src/index.ts'
import { changeText } from '../src/history/transcript/state.ts'
import { define, draft, inspection } from './inspection.ts'
import { actor, assignment, facts, law, on, stage, staff } from './stage.ts'

const root = facts.id
const cause = { instance: root, version: 1, hash: 'f'.repeat(64) }
const wang = actor('wang', 'organiser')

/** A campaign from its start to its end, as the server would order it. */
const story = ((): Transition[] => {
  const { take, must } = stage()
  const told: Transition[] = []
  const stand = new Map<string, Instance>()
  const go = (id: string, event: Event): void => {
    const stepped = must(take(stand.get(id) ?? null, event))
    stand.set(id, stepped.instance)
    told.push(stepped.transition)
  }
  const begin = (id: string, at: string, kind: string, unit: string | null, more: object = {}): void =>
    go(id, {
      type: 'open',
      at,
      instance: { campaign: root, id, kind, key: kind === 'unit' ? id : `1.${id}`, unit },
      cause: kind === 'campaign' ? null : cause,
      input: kind === 'unit' ? { id } : { name: id },
      adjustments: [],
      performedBy: {},
      ...more,
    })
  const say = (id: string, at: string, command: string, payload: object, by = actor('zhang')): void =>
    go(id, { type: 'command', at, command, payload: payload as never, actor: by })
  const act = (id: string, at: string, name: string, payload: object, by: object = { actor: wang }): void =>
    go(id, { type: 'act', at, act: name, payload: payload as never, ...by })
  const fire = (id: string, at: string, timer: string): void =>
    go(id, { type: 'deadline', at, timer: `xstate.after.${timer}`, due: at })
  const tell = (id: string, at: string, message: string): void =>
    go(id, { type: 'message', at, message, payload: { unit: 'law' }, cause })
  const extension = { dates: { reports: '2026-04-20' }, reason: '汛期' }
  const standIn = { onBehalfOf: { person: 'zhao', home: [] } }

  begin(root, on('04-01 08:00'), 'campaign', null, { actor: wang })
  act(root, on('04-01 09:00'), 'assignment.grant', {
    assignment: assignment('reviewer', 'qian', standIn),
  })
  say(root, on('04-02 09:00'), 'check.begin', {}, actor('li', 'lead'))
  begin('law', on('04-02 09:00'), 'unit', law.id)
  begin('staff', on('04-02 09:00'), 'unit', staff.id)
  say('staff', on('04-10 10:00'), 'report.submit', { risks: [] }, actor('sun', 'reporter', { onBehalfOf: 'zhou' }))
  fire('law', on('04-15 09:00'), 'reports.unit.checking -3 workdays')
  act(root, on('04-16 09:00'), 'campaign.extend', extension)
  act('law', on('04-16 09:00'), 'campaign.extend', extension, { cause })
  fire('law', on('04-21 00:00'), 'reports.unit.checking')
  tell(root, on('04-21 00:00'), 'unit.late')
  tell(root, on('04-21 00:00'), 'every.unit.reported')
  say('law', on('04-22 09:00'), 'review.record', { findings: [{ name: 'a' }] }, actor('qian', 'reviewer'))
  begin('a', on('04-22 09:00'), 'finding', law.id)
  begin('b', on('04-22 09:00'), 'finding', law.id)
  say('b', on('04-23 09:00'), 'finding.rectify', { how: '' })
  act(root, on('04-24 09:00'), 'campaign.suspend', { reason: '机构改革' })
  act(root, on('04-25 09:00'), 'campaign.resume', {})
  act(root, on('04-25 10:00'), 'assignment.revoke', {
    assignment: assignment('', '').id,
    reason: '调离',
  })
  tell(root, on('04-25 11:00'), 'atLeast.50%.unit.settled')
  say(root, on('04-26 09:00'), 'check.conclude', {}, actor('li', 'lead'))
  act('a', on('04-26 09:00'), 'campaign.close', {}, { cause })
  return told
})()

const names: { [person: string]: string } = {
  wang: '王主任',
  li: '李局长',
  zhang: '张三',
  qian: '钱四',
  sun: '孙五',
  zhou: '周六',
  zhao: '赵七',
}

void t.test('an official reads the story in Chinese', async (t) => {
  const text = transcript(inspection, facts, story, {
    locale: 'zh',
    nameOf: (person) => names[person] ?? person,
  })
  t.equal(
    text,
    `\
2026-04-01 08:00  二〇二六年小检查  〔启动〕 王主任（活动组织者）：准备
2026-04-01 09:00  二〇二六年小检查  〔任职〕 王主任（活动组织者）：钱四任复查员，代赵七
2026-04-02 09:00  二〇二六年小检查  〔启动自查〕 李局长（组长）：准备 → 自查
2026-04-02 09:00  政策法规股  〔开始〕：自查中
2026-04-02 09:00  人事股  〔开始〕：自查中
2026-04-10 10:00  人事股  〔报送〕 孙五（经办人，代周六）：自查中 → 已报送
2026-04-15 09:00  政策法规股  〔提醒〕报送自查报告（提前 3 个工作日）
2026-04-16 09:00  二〇二六年小检查  〔延期〕 王主任（活动组织者）：“报送自查报告”延至 2026-04-20，理由：汛期
2026-04-16 09:00  政策法规股  〔延期〕 随上级：“报送自查报告”延至 2026-04-20，理由：汛期
2026-04-20 24:00  政策法规股  〔期限〕报送自查报告到期：自查中 → 逾期未报
2026-04-20 24:00  二〇二六年小检查  〔消息〕逾期通报
2026-04-20 24:00  二〇二六年小检查  〔汇总〕全部单位已达到“逾期未报”或“已报送”或“整改”或“完成”：自查 → 复查
2026-04-22 09:00  政策法规股  〔记录复查〕 钱四（复查员）：逾期未报 → 整改
2026-04-22 09:00  政策法规股 · 问题 1  〔开始〕：整改中
2026-04-22 09:00  政策法规股 · 问题 2  〔开始〕：整改中
2026-04-23 09:00  政策法规股 · 问题 2  〔报送整改〕 张三（经办人）：整改中 → 待验收
2026-04-24 09:00  二〇二六年小检查  〔中止〕 王主任（活动组织者）：理由：机构改革
2026-04-25 09:00  二〇二六年小检查  〔恢复〕 王主任（活动组织者）
2026-04-25 10:00  二〇二六年小检查  〔撤销任职〕 王主任（活动组织者）：钱四任复查员，代赵七，理由：调离
2026-04-25 11:00  二〇二六年小检查  〔汇总〕至少 50% 的单位已达到“完成”：复查 → 总结
2026-04-26 09:00  二〇二六年小检查  〔总结〕 李局长（组长）：总结 → 结束
2026-04-26 09:00  政策法规股 · 问题 1  〔随活动结束〕
`,
  )
})

void t.test('and anybody in English', async (t) => {
  const lines = transcript(inspection, facts, story, { locale: 'en' }).split('\n')
  for (const line of [
    '2026-04-02 09:00  Policy unit  [begins]: Checking',
    '2026-04-10 10:00  Personnel  [Submit the report] sun (Reporter, for zhou): Checking → Reported',
    '2026-04-15 09:00  Policy unit  [reminder] Unit reports (3 workdays ahead)',
    '2026-04-16 09:00  Policy unit  [Extend dates] from above: «Unit reports» moved to 2026-04-20, reason: 汛期',
    '2026-04-20 24:00  Policy unit  [deadline] Unit reports is due: Checking → Late',
    '2026-04-23 09:00  Policy unit · Finding 2  [Report the rectification] zhang (Reporter): Open → Rectified',
    '2026-04-25 10:00  二〇二六年小检查  [Revoke a role] wang (Organiser): qian as Reviewer, for zhao, reason: 调离',
  ]) {
    t.ok(lines.includes(line), line)
  }
})

void t.test('a story told from its middle says what it still knows', async (t) => {
  const lines = transcript(inspection, facts, story.slice(9), { locale: 'zh' }).split('\n')
  t.equal(lines[0], '2026-04-20 24:00  二〇二六年小检查 · 单位 law  〔期限〕报送自查报告到期：自查中 → 逾期未报')
  t.equal(lines[1], '2026-04-20 24:00  二〇二六年小检查  〔消息〕逾期通报')
  t.equal(lines[3], '2026-04-22 09:00  二〇二六年小检查 · 单位 law  〔记录复查〕 qian（复查员）：逾期未报 → 整改')
  t.equal(transcript(inspection, facts, [], { locale: 'zh' }), '')
})

void t.test('a date that begins a day is told as that day, and does not fall due', async (t) => {
  const opening = draft()
  opening.kinds['unit']!.spec.states.reported.after = { reviewOpens: 'rectifying' }
  const definition = define(opening)
  const { unit, say, fire, must } = stage(definition)
  const begun = unit()
  const reported = must(say(begun.instance, 'report.submit', { risks: [] }, on('04-10 09:00')))
  const opened = must(fire(reported.instance))
  const text = (locale: 'zh' | 'en') =>
    transcript(definition, facts, [begun.transition, opened.transition], { locale }).split('\n')[1]
  t.equal(text('zh'), '2026-04-19 00:00  政策法规股  〔时间〕复查开始之日已到：已报送 → 整改')
  t.equal(text('en'), '2026-04-19 00:00  Policy unit  [time] Start of the review has come: Reported → Rectifying')
})

void t.test('what came in at midnight by somebody’s hand is told as the new day', async (t) => {
  const { unit, say, must } = stage()
  const begun = unit()
  const night = must(say(begun.instance, 'report.submit', { risks: [] }, on('04-11 00:00')))
  const [, line] = transcript(inspection, facts, [begun.transition, night.transition], {
    locale: 'zh',
  }).split('\n')
  t.match(line, /^2026-04-11 00:00 /u)
})

void t.test('at one midnight each is written like what it follows from', async (t) => {
  const midnight = on('04-19 00:00')
  const [started, issued] = story.slice(0, 3).filter(({ event }) => event.type !== 'act')
  const { unit, say, take, must } = stage()
  const begun = unit()
  const timer = 'xstate.after.reports.unit.checking'
  const deadline = { type: 'deadline', at: midnight, timer, due: midnight } as const
  const overdue = must(take(begun.instance, deadline))
  const found = { findings: [{ name: 'a' }] }
  const late = must(say(overdue.instance, 'review.record', found, midnight))
  const heard = (of: { instance: Instance; hash: string }, message: string): Transition => ({
    ...issued!,
    event: {
      type: 'message',
      at: midnight,
      message,
      payload: { unit: law.id },
      cause: { instance: of.instance.id, version: of.instance.version, hash: of.hash },
    },
    from: issued!.to,
  })
  const told = [
    started!,
    begun.transition,
    overdue.transition,
    late.transition,
    // Told by the deadline, read after what the person did.
    heard(overdue, 'unit.late'),
    heard(late, 'every.unit.reported'),
  ].map((one): Transition => ({ ...one, event: { ...one.event, at: midnight } }))
  const times = transcript(inspection, facts, told.slice(2), { locale: 'zh' })
    .split('\n')
    .map((line) => line.slice(0, 16))
  t.strictSame(times.slice(0, 4), ['2026-04-18 24:00', '2026-04-19 00:00', '2026-04-18 24:00', '2026-04-19 00:00'])
  const without = transcript(inspection, facts, told.slice(3), { locale: 'zh' })
  t.notMatch(without, '24:00', 'where the deadline is not told, nothing is written like it')
})

void t.test('a date that has passed when a person comes is told at their moment', async (t) => {
  const { unit, say, must } = stage()
  const at = on('04-11 00:00')
  const begun = unit()
  const night = must(say(begun.instance, 'report.submit', { risks: [] }, at))
  const armed: Transition = {
    ...night.transition,
    version: night.transition.version + 1,
    event: { type: 'deadline', at, timer: 'xstate.after.reports.unit.checking', due: at },
  }
  const lines = transcript(inspection, facts, [begun.transition, night.transition, armed], {
    locale: 'zh',
  }).split('\n')
  t.match(lines[1], /^2026-04-11 00:00 /u)
  t.match(lines[2], /^2026-04-11 00:00 .*〔期限〕/u)
})

void t.test('a state is told by its titles, regions joined', async (t) => {
  const { unit } = inspection.kinds
  t.equal(stateText(unit, 'late', 'zh'), '逾期未报')
  t.equal(stateText(unit, { paper: 'late', visit: { deep: {} } }, 'en'), 'paper.late + visit.deep')
  t.equal(stateText(undefined, 'late', 'en'), 'late')
  t.equal(stateText(unit, null, 'en'), '')
})

void t.test('of a parallel state only the regions that changed are told', async (t) => {
  const from = { live: { light: 'green', work: 'doing' } }
  const to = { live: { light: 'green', work: 'checking' } }
  t.strictSame(changeText(undefined, from, undefined, to, 'zh'), {
    before: 'live.work.doing',
    after: 'live.work.checking',
  })
  t.strictSame(changeText(undefined, from, undefined, 'closed', 'zh'), {
    before: 'live.light.green + live.work.doing',
    after: 'closed',
  })
  t.strictSame(changeText(undefined, from, undefined, from, 'zh'), { before: '', after: '' })
})

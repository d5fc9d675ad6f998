import { defineCampaign, open } from '@duban/engine'
import fc from 'fast-check'
import t from 'tap'
import { z } from 'zod'
import { judgementsOf, lastTerm, lateNotices, registry, type Post } from '../src/registry/index.ts'
import { startPlay, type Play } from './player.ts'
import { smallPlan } from './plan.ts'

const text = (zh: string) => ({ title: { zh, en: zh } })
const post = registry('post', {
  title: { zh: '联络员', en: 'Liaison' },
  volunteer: ['staff'],
  recommend: ['head'],
  approve: ['office'],
  dismiss: ['lead'],
  judgeFrom: 'review',
})
const roster = defineCampaign({
  id: 'roster',
  version: 1,
  ...text('联络员制度'),
  roles: {
    staff: { ...text('干部'), scope: 'unit' },
    head: { ...text('负责人'), scope: 'unit' },
    office: { ...text('办公室'), scope: 'campaign' },
    lead: { ...text('组长'), scope: 'campaign' },
  },
  dates: { review: { ...text('年终考核'), due: '12-01', at: 'start of day' }, ...post.dates },
  commands: {
    ...post.commands,
    'year.end': { ...text('结束'), by: ['lead'], payload: z.strictObject({}) },
  },
  machines: ({ machine }) => ({
    campaign: machine().createMachine({
      meta: text('联络员制度'),
      initial: 'appointing',
      states: {
        appointing: {
          meta: text('选任'),
          entry: open('post'),
          on: { 'every.post.inOffice': 'working', 'year.end': 'ended' },
        },
        working: { meta: text('履职'), on: { 'year.end': 'ended' } },
        ended: { meta: text('结束'), type: 'final' },
      },
    }),
    post: post.kind,
  }),
})

const begun = (): Play =>
  startPlay(
    roster,
    smallPlan({
      'chen@north': ['staff@north'],
      'wu@north': ['staff@north', 'head@north'],
      'he@north': ['head@north'],
      'zhou@south': ['staff@south'],
      'xu@south': ['head@south'],
      sun: ['office'],
      wang: ['lead'],
    }),
  )
const at = (play: Play, n = 0) => {
  const one = play.instances('post')[n]
  if (!one) throw new Error('a post for each unit')
  return one
}
const seen = (play: Play, n = 0) => play.context(at(play, n)) as { post: Post; postHolder: string | null }
const say = (play: Play, person: string, verb: string, more: object = {}, n = 0) => {
  const words: { [verb: string]: object } = {
    volunteer: { statement: '热爱法治宣传工作' },
    recommend: { opinion: '同意推荐' },
    return: { reason: '另有任用' },
    approve: {},
    refuse: { reason: '不具备条件' },
    leave: { leftOn: '2026-06-01', reason: '工作调动' },
    notify: { letter: '函〔2026〕1号' },
    commend: { facts: '成绩突出' },
    criticise: { facts: '怠于履职' },
    proposeDismissal: { facts: '拒不改正' },
    dismiss: { leftOn: '2026-12-10', reason: '怠于履职' },
    keep: { reason: '情节轻微' },
  }
  return play.say(person, `post.${verb}`, at(play, n), { ...words[verb], ...more })
}
function appoint(play: Play, staff = 'chen', head = 'he', n = 0): void {
  say(play, staff, 'volunteer', {}, n)
  say(play, head, 'recommend', {}, n)
  say(play, 'sun', 'approve', {}, n)
}

void t.test('who volunteers, is recommended and approved is in office', async (t) => {
  const play = begun()
  t.equal(play.state(at(play)), '联络员空缺待报名')
  t.equal(say(play, 'wu', 'volunteer'), 'ok')
  t.equal(say(play, 'wu', 'recommend'), 'four_eyes', 'nobody recommends themselves')
  t.equal(say(play, 'he', 'recommend'), 'ok')
  t.equal(say(play, 'sun', 'approve'), 'ok')
  t.equal(play.state(at(play)), '联络员在任')
  t.equal(seen(play).postHolder, 'wu')
  appoint(play, 'zhou', 'xu', 1)
  t.equal(play.state(play.root()), '履职')
})

void t.test('who is not recommended or not approved leaves the office vacant', async (t) => {
  const play = begun()
  say(play, 'chen', 'volunteer')
  t.equal(say(play, 'he', 'return'), 'ok')
  say(play, 'wu', 'volunteer')
  say(play, 'he', 'recommend')
  t.equal(say(play, 'sun', 'refuse'), 'ok')
  t.equal(play.state(at(play)), '联络员空缺待报名')
  t.strictSame(
    seen(play).post.refused.map(({ person, by }) => [person, by]),
    [
      ['chen', 'he'],
      ['wu', 'sun'],
    ],
  )
})

void t.test('a vacancy is notified and a successor proposed within five days', async (t) => {
  const play = begun()
  appoint(play)
  play.goTo('2026-06-02 09:00')
  t.equal(say(play, 'he', 'leave', { leftOn: '2026-06-10' }), 'guard_refused', 'not in advance')
  t.equal(say(play, 'he', 'leave'), 'ok')
  t.equal(play.state(at(play)), '联络员已离任待函告')
  play.goTo('2026-06-05 09:00')
  t.equal(say(play, 'he', 'notify'), 'ok')
  t.equal(lastTerm(seen(play).post)?.notified?.late, false)
  t.equal(play.state(at(play)), '联络员空缺待报名')
  say(play, 'wu', 'volunteer')
  say(play, 'he', 'recommend')
  play.goTo('2026-06-10 09:00')
  t.equal(play.state(at(play)), '联络员已推荐待批准', 'the unit has done its part in time')
  say(play, 'sun', 'approve')
  t.strictSame(
    seen(play).post.terms.map(({ person, leftOn }) => [person, leftOn]),
    [
      ['chen', '2026-06-01'],
      ['wu', null],
    ],
  )
  t.strictSame(lateNotices([seen(play).post]), [])
  t.ok(play.proves())
})

void t.test('a notice after the fifth day is late, whoever recorded the leaving', async (t) => {
  const play = begun()
  appoint(play)
  play.goTo('2026-06-03 09:00')
  t.equal(say(play, 'sun', 'leave'), 'ok', 'the office heard of it')
  play.goTo('2026-06-06 23:59')
  t.equal(play.state(at(play)), '联络员已离任待函告', 'the sixth is the fifth day')
  play.goTo('2026-06-07 00:00')
  t.equal(play.state(at(play)), '联络员离任逾期未函告')
  t.ok(play.notices.some(({ to, zh }) => to.includes('office') && zh.endsWith('离任逾期未函告')))
  t.equal(say(play, 'he', 'notify'), 'ok')
  t.equal(play.state(at(play)), '联络员人选逾期未推荐', 'and the successor is overdue as well')
  t.equal(lateNotices([seen(play).post]).length, 1)
  t.equal(say(play, 'he', 'recommend'), 'guard_refused')
  say(play, 'wu', 'volunteer')
  t.equal(say(play, 'he', 'recommend'), 'ok')
})

void t.test('sending volunteers away does not win the unit more days for a successor', async (t) => {
  const play = begun()
  appoint(play)
  play.goTo('2026-06-02 09:00')
  say(play, 'he', 'leave')
  say(play, 'he', 'notify')
  say(play, 'wu', 'volunteer')
  say(play, 'he', 'return')
  play.goTo('2026-06-07 00:00')
  t.equal(play.state(at(play)), '联络员人选逾期未推荐')
})

void t.test('an office that nobody volunteers for, and an approval that nobody gives, are overdue', async (t) => {
  const play = begun()
  say(play, 'zhou', 'volunteer', {}, 1)
  say(play, 'xu', 'recommend', {}, 1)
  play.goTo('2026-05-01 00:00')
  t.equal(play.state(at(play)), '联络员人选逾期未推荐')
  t.equal(play.state(at(play, 1)), '联络员审批逾期')
  t.equal(say(play, 'sun', 'approve', {}, 1), 'ok')
})

void t.test('judged at the end of the year only, and dismissed by another than who proposed', async (t) => {
  const play = begun()
  appoint(play)
  appoint(play, 'zhou', 'xu', 1)
  t.equal(say(play, 'sun', 'commend'), 'not_yet_open')
  play.goTo('2026-12-02 09:00')
  t.equal(say(play, 'sun', 'commend', {}, 1), 'ok')
  t.equal(say(play, 'sun', 'commend', {}, 1), 'guard_refused')
  t.equal(say(play, 'sun', 'criticise'), 'ok')
  t.equal(say(play, 'sun', 'proposeDismissal'), 'ok')
  t.equal(play.state(at(play)), '联络员已建议解除职务待决定')
  t.equal(say(play, 'sun', 'dismiss'), 'role_required')
  t.equal(say(play, 'wang', 'keep'), 'ok')
  t.equal(play.state(at(play)), '联络员在任')
  say(play, 'sun', 'proposeDismissal')
  t.equal(say(play, 'wang', 'dismiss'), 'ok')
  t.equal(play.state(at(play)), '联络员空缺待报名')
  t.equal(seen(play).postHolder, null)
  t.strictSame(judgementsOf([seen(play).post, seen(play, 1).post]), {
    chen: { commended: 0, criticised: 1 },
    zhou: { commended: 1, criticised: 0 },
  })
  t.strictSame(lateNotices([seen(play).post]), [], 'of a dismissal nobody gives notice')
})

const verbs = 'volunteer recommend return approve refuse leave notify criticise proposeDismissal dismiss keep'.split(
  ' ',
)
void t.test('whatever is tried, one person at most is in office, and terms follow each other', async () => {
  const person: { [verb: string]: string } = { volunteer: 'chen', recommend: 'he', return: 'he' }
  const decided: { [verb: string]: string } = { notify: 'he', dismiss: 'wang', keep: 'wang' }
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...verbs), { maxLength: 40 }), (tried) => {
      const play = begun()
      play.goTo('2026-12-02 09:00')
      for (const verb of tried) {
        say(play, person[verb] ?? decided[verb] ?? 'sun', verb)
        const { post: now, postHolder } = seen(play)
        const running = now.terms.filter(({ leftOn }) => leftOn === null)
        if (running.length > 1) return false
        if ((running[0]?.person ?? null) !== postHolder) return false
        if (running[0] && running[0] !== now.terms.at(-1)) return false
      }
      return play.proves()
    }),
    { numRuns: 60 },
  )
})

void t.test('options that cannot be are refused at load', async (t) => {
  const who = {
    title: { zh: '岗位', en: 'Post' },
    volunteer: ['staff'],
    recommend: ['head'],
  } as const
  const decide = { approve: ['office'], dismiss: ['lead'] } as const
  t.throws(() => registry('post', { ...who, ...decide, noticeWithin: '五日' }), /noticeWithin/u)
  t.throws(() => registry('post', { ...who, ...decide, dismiss: [] }), /post\.dismiss/u)
})

import t from 'tap'
import { entry } from '../src/deputy-suggestions/index.ts'
import { startPlay } from '../../kit/test/player.ts'
import { demoPlan } from './samples.ts'

void t.test('a test can ask why something was refused', async (t) => {
  const play = startPlay(entry.definition, demoPlan(undefined, entry.definition.id))
  const root = play.root()
  const filed = { title: '沿海中线安装路灯', text: '未装路灯。' }
  t.equal(play.why(), undefined)

  play.goTo('2026-09-01 10:00')
  t.equal(play.say('pan-li', 'call.issue', root, { words: 1 }), 'invalid_payload')
  t.match(play.why(), { rule: 'call.issue', issues: [{ path: '/text' }, { path: '/' }] })

  t.equal(play.say('pan-li', 'call.issue', root, { text: '请撰写建议。' }), 'ok')
  t.equal(play.why(), undefined, 'what was done needs no reason')

  t.equal(play.say('pan-li', 'suggestion.file', root, filed), 'role_required')
  t.match(play.why(), { code: 'role_required', rule: 'deputy' })

  play.say('lu-ming', 'suggestion.file', root, filed)
  t.equal(play.say('pan-li', 'assigning.finish', root, {}), 'not_yet_open')
  t.match(play.why()?.rule, /\w+/u, 'the date')

  play.goTo('2026-10-09 09:00')
  const matters = [{ title: '无此件', from: [4], owner: 'gov-housing', dueOn: '2026-11-30', key: false }]
  t.equal(play.say('pan-li', 'matter.assign', root, { matters }), 'guard_refused')
  t.equal(play.why()?.rule, 'areFiled', 'the guard’s name')

  t.equal(play.act('campaign.extend', { reason: '' }), 'invalid_payload')
  t.ok(Array.isArray(play.why()?.issues))
})

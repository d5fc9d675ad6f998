import t from 'tap'
import { drawing } from '../src/drawing/index.ts'

const ring = drawing('ring', { by: ['office'], method: 'ring', pool: 'context.towns' })
const seenBy = (towns: unknown, type = 'open') => ({
  context: { ...ring.context, towns },
  event: { type, payload: { seedSource: '双色球' }, by: 'sun', at: '2026-09-01' },
})

void t.test('a ring of all towns is possible from three on, and says whom each checks', async (t) => {
  const can = ring.guards['ringThreeOrMore']
  t.equal(can?.(seenBy(['a', 'b'])), false)
  t.equal(can?.(seenBy(['a', 'b', 'c'])), true)
  t.equal(can?.(seenBy(['a', 'b', 'c'], 'ring.announce')), true)
  t.throws(() => can?.(seenBy(null)), /drawing «ring»: context.towns: /u)
  const announced = ring.updates['ringAnnounce']?.(seenBy(['a', 'b', 'c'], 'ring.announce'))
  const seen = seenBy([])
  const { ring: done } =
    ring.updates['ringHold']?.({
      context: { ...seen.context, ...announced },
      event: { ...seen.event, type: 'ring.hold', payload: { seed: '03 07 12' } },
    }) ?? {}
  const [first, second, third] = done?.picked ?? []
  t.strictSame(
    [first?.target, second?.target, third?.target],
    [second?.id, third?.id, first?.id],
    'nobody is checked by whom they check',
  )
})

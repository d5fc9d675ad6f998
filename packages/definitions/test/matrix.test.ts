import { catalogue } from '@duban/definitions'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { lettersFor, matrix } from './matrix.ts'

// Reviewed as text: a changed line is a changed permission. UPDATE_EXPECTED=1 writes it anew.
for (const { definition, demo } of catalogue) {
  void t.test(`who may do what in ${definition.name} is what was reviewed`, (t) => {
    const file = join(import.meta.dirname, `${definition.name}.matrix.txt`)
    const now = matrix(definition, demo.startsOn)
    if (process.env['UPDATE_EXPECTED']) writeFileSync(file, now)
    t.equal(now, readFileSync(file, 'utf8'))
    t.end()
  })
}

void t.test('every state has a sign of its own that can be read', (t) => {
  for (const states of [1, 26, 30, 31, 60, 26 * 27]) {
    const letters = lettersFor(states)
    t.equal(new Set(letters).size, states)
    t.ok(letters.every((one) => /^[!-~]{1,2}$/u.test(one)))
  }
  t.strictSame(lettersFor(31).slice(24, 29), ['y', 'z', 'aa', 'ab', 'ac'])
  t.end()
})

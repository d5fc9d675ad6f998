import { catalogue } from '@duban/definitions'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { matrix } from './matrix.ts'

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

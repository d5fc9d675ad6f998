import { catalogue } from '@duban/definitions'
import t from 'tap'
import { cells } from '../src/table.ts'
import { tablesOf } from '../src/tables/markdown.ts'
import { anywhere } from './anywhere.ts'
import { duban } from './duban.ts'
import { sample } from './sample.ts'

const all = [sample, anywhere, ...catalogue.map(({ definition }) => definition)]

for (const definition of all) {
  void t.test(`the tables of ${definition.name} name all that its README must name`, (t) => {
    const { roles, dates, commands, messages, kinds } = definition
    const states = Object.values(kinds).flatMap((kind) => kind.states.map(({ id }) => id))
    const names = [roles, dates, commands, messages].flatMap((one) => Object.keys(one))
    for (const locale of ['zh', 'en'] as const) {
      const text = tablesOf(definition, locale)
      t.strictSame(
        [...names, ...states].filter((name) => name !== '' && !text.includes(`\`${name}\``)),
        [],
      )
      const rows = text.split('\n').filter((line) => line.startsWith('|'))
      t.ok(
        rows.every((row) => row.endsWith(' |')),
        'no cell breaks its row',
      )
      // Rows of one table have as many cells, and stand below each other.
      for (const one of text.split('\n\n').filter((part) => part.startsWith('|'))) {
        const widths = one.trimEnd().split('\n').map(cells)
        t.equal(new Set(widths).size, 1, one.slice(0, 20))
      }
    }
    t.end()
  })
}

void t.test('who, when and which phrase stand beside each name', async (t) => {
  const { status, out } = await duban(['tables', 'legal-health-check'])
  t.equal(status, 0)
  t.match(out, /^## 角色\n\n\| 角色 +\| 名称 +\| 范围 +\|\n\| -/u)
  t.match(out, /\n\| `\w+\.\w+` +\| \S+ +\| `\w+`/u)
  t.match(out, /未办过 `/u, 'four eyes')
  t.match(out, /自 `\w+`/u, 'windows')
  t.match(out, '`04 early`')
  const english = await duban(['tables', 'legal-health-check', '--lang', 'en'])
  t.match(english.out, /## Commands\n\n\| command/u)
  t.match(english.out, 'not for their own unit')
  t.match(english.out, 'who did not `')
})

void t.test('what is nowhere said has no column', (t) => {
  const text = tablesOf(anywhere, 'en')
  t.notMatch(text, 'phrase of the plan')
  t.notMatch(text, '## Messages')
  t.match(text, '### Unit (`unit`)')
  t.end()
})

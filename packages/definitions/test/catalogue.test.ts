// What holds for every campaign that is offered: its folder is indexed, documented, staffed and tested.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import t from 'tap'
import { catalogue, demoOrganisation } from '../src/index.ts'
import { startPlay } from '../../kit/test/player.ts'
import { demoPlan } from './samples.ts'

const source = new URL('../src/', import.meta.url)
const folders = readdirSync(source, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !['kit', 'demo'].includes(entry.name))
  .map(({ name }) => name)

void t.test('every folder is in the catalogue, under its own name', async (t) => {
  t.strictSame(catalogue.map(({ definition }) => definition.id).toSorted(), folders.toSorted())
})

void t.test('people of the demo organisation have homes that exist', async (t) => {
  const units = new Set(demoOrganisation.units.map(({ id }) => id))
  const ids = demoOrganisation.people.map(({ id }) => id)
  t.equal(new Set(ids).size, ids.length)
  t.strictSame(
    demoOrganisation.people.filter(({ unit }) => !units.has(unit)),
    [],
  )
})

for (const { definition, demo } of catalogue) {
  const { id, kinds, commands, dates, roles, messages } = definition

  void t.test(`the demo plan of ${id} names people, roles and units that exist`, async (t) => {
    const people = new Map(demoOrganisation.people.map((one) => [one.id, one]))
    t.ok(people.get(demo.organiser)?.builtIn.includes('organiser'))
    for (const { person, role, unit } of demo.duties) {
      t.ok(people.has(person) && Object.hasOwn(roles, role), `${person}: ${role} ${unit ?? ''}`)
    }
    t.strictSame(startPlay(definition, demoPlan(undefined, id)).warnings, [])
  })

  void t.test(`the README of ${id} names every state, command, date, role and message`, async (t) => {
    const readme = readFileSync(new URL(`${id}/README.md`, source), 'utf8')
    const words = new Set(readme.match(/[a-zA-Z][a-zA-Z0-9]*(\.[a-zA-Z][a-zA-Z0-9]*)*/gu))
    const states = Object.values(kinds).flatMap(({ states }) => states.map((one) => one.id))
    const names = [commands, dates, roles, messages].flatMap((table) => Object.keys(table))
    t.strictSame(
      [...states, ...names].filter((name) => name !== '' && !words.has(name)),
      [],
    )
  })

  void t.test(`${id} has tests and reviewed stories`, async (t) => {
    t.ok(existsSync(new URL(`${id}.test.ts`, import.meta.url)), 'a test of its own')
  })
}

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { demoOrganisation } from '../src/index.ts'
import type { Play } from '../../kit/test/player.ts'

const names = new Map(demoOrganisation.people.map(({ id, name }) => [id, name]))
const folder = join(import.meta.dirname, '../../../test/transcripts')

/**
 * The transcript of a story as an official reads it, against the one that was reviewed,
 * `test/transcripts/<story>.txt`. UPDATE_EXPECTED=1 writes it anew: commit it only if you understand each line.
 */
export function story(
  t: { equal: (found: string, wanted: string, message: string) => unknown },
  name: string,
  play: Play,
): void {
  const file = join(folder, `${name}.txt`)
  const text = `${play.transcript('zh', (person) => names.get(person) ?? person)}\n`
  if (process.env['UPDATE_EXPECTED']) {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  t.equal(text, readFileSync(file, 'utf8'), `the story ${name} is as reviewed`)
}

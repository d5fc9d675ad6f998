import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Test } from 'tap'
import { demoOrganisation } from '../src/index.ts'
import type { Play } from './player.ts'

const names = new Map(demoOrganisation.people.map(({ id, name }) => [id, name]))

/**
 * Compares a played story with the transcript that was reviewed, `transcripts/<name>.txt`.
 * UPDATE_EXPECTED=1 writes it anew: commit the change only when you understand what caused it.
 */
export function tells(t: Test, name: string, play: Play): void {
  const file = join(import.meta.dirname, 'transcripts', `${name}.txt`)
  const story = play.transcript('zh', (person) => names.get(person) ?? person)
  const text = story.endsWith('\n') ? story : `${story}\n`
  if (process.env['UPDATE_EXPECTED']) writeFileSync(file, text)
  t.equal(text, readFileSync(file, 'utf8'))
}

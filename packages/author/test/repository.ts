import { cp, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, relative } from 'node:path'
import type { Test } from 'tap'
import { repository } from '../src/folders.ts'

const left = new Set(['.git', '.tap', '.cache', 'data', 'dist'])

/**
 * A copy of the repository to write into, gone with the test. Links between its packages lead into the copy;
 * what was installed is shared.
 */
export async function copyOfRepository(t: Test): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'duban-copy-'))
  t.teardown(() => rm(copy, { recursive: true, force: true }))
  await cp(repository, copy, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => relative(repository, path) !== 'node_modules' && !left.has(basename(path)),
  })
  await symlink(join(repository, 'node_modules'), join(copy, 'node_modules'))
  return copy
}

import type { Entry } from '@duban/definitions'
import { DefinitionError, type Definition, type Mistake } from '@duban/engine'
import { existsSync, readdirSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** This repository's root. */
export const repository = fileURLToPath(new URL('../../../', import.meta.url))
const home = join(repository, 'packages/definitions/src')
/** Folders beside the definitions that are none. */
export const reserved: readonly string[] = ['kit', 'demo']

/** A definition's folder read: what it offers, or the mistakes for which it cannot be loaded. */
export type Read =
  | { folder: string; entry: Omit<Entry, 'demo'> & { demo?: Entry['demo'] } }
  | { folder: string; mistakes: Mistake[] }

/** The folders of all definitions, in alphabetical order. */
export function allFolders(): string[] {
  return readdirSync(home, { withFileTypes: true })
    .filter((one) => one.isDirectory() && !reserved.includes(one.name))
    .map(({ name }) => join(home, name))
    .toSorted()
}

/** The folder of a definition by its id, or by a path; undefined when there is none. */
export function folderOf(idOrPath: string, cwd: string): string | undefined {
  const known = join(home, idOrPath)
  if (/^[a-z][a-z0-9-]*$/u.test(idOrPath) && existsSync(known)) return known
  const path = resolve(cwd, idOrPath)
  return ['index.ts', 'v1.ts'].some((name) => existsSync(join(path, name))) ? path : undefined
}

/**
 * Loads one folder by itself, not through the catalogue: a mistake in one definition must not hide the others.
 * `index.ts` exports `entry`; a folder that is not that far yet has a definition in `v1.ts`.
 */
export async function readFolder(folder: string): Promise<Read> {
  const file = ['index.ts', 'v1.ts'].map((name) => join(folder, name)).find(existsSync)
  if (file === undefined) return { folder, mistakes: [nothing(folder)] }
  try {
    const loaded = (await import(pathToFileURL(file).href)) as { [name: string]: unknown }
    const entry = (loaded['entry'] as Entry | undefined) ?? entryAround(loaded)
    return entry ? { folder, entry } : { folder, mistakes: [nothing(folder)] }
  } catch (error) {
    if (error instanceof DefinitionError) return { folder, mistakes: error.mistakes }
    // The kit throws RangeError for options that make no sense; anything may be wrong with code.
    if (error instanceof Error) {
      return { folder, mistakes: [{ path: basename(file), reason: error.message }] }
    }
    throw error
  }
}

function entryAround(loaded: { [name: string]: unknown }): { definition: Definition } | undefined {
  const found = Object.values(loaded).find(
    (one) => typeof one === 'object' && one !== null && 'fingerprint' in one && 'kinds' in one,
  )
  return found === undefined ? undefined : { definition: found as Definition }
}

function nothing(folder: string): Mistake {
  return { path: folder, reason: 'there is no index.ts that exports `entry`' }
}

import { readFile } from 'node:fs/promises'

/** What a new definition is called: `flood-supplies`, `floodSupplies`, and its titles. */
export type Names = { id: string; name: string; zh: string; en: string }

/** The files of a definition and where they go in a repository. */
const files: readonly { from: string; to: (names: Names) => string }[] = [
  { from: 'v1.ts.txt', to: ({ id }) => `packages/definitions/src/${id}/v1.ts` },
  { from: 'demo.ts.txt', to: ({ id }) => `packages/definitions/src/${id}/demo.ts` },
  { from: 'index.ts.txt', to: ({ id }) => `packages/definitions/src/${id}/index.ts` },
  { from: 'README.md.txt', to: ({ id }) => `packages/definitions/src/${id}/README.md` },
  { from: 'test.ts.txt', to: ({ id }) => `packages/definitions/test/${id}.test.ts` },
  { from: 'matrix.txt', to: ({ id }) => `packages/definitions/test/${id}@1.matrix.txt` },
  { from: 'transcript.txt', to: ({ id }) => `test/transcripts/${id}.main.txt` },
]

const folder = new URL('../../template/', import.meta.url)

/** All files of a new definition, each with its path in the repository and its text. */
export async function filesOf(names: Names): Promise<{ path: string; text: string }[]> {
  return Promise.all(
    files.map(async ({ from, to }) => ({
      path: to(names),
      text: filled(await readFile(new URL(from, folder), 'utf8'), names),
    })),
  )
}

function filled(text: string, names: Names): string {
  return text.replaceAll(/__(?<key>id|name|zh|en)__/gu, (_, key: keyof Names) => names[key])
}

/** `flood-supplies` as the name of a constant, `floodSupplies`. */
export function nameOf(id: string): string {
  return id.replaceAll(/-(?<letter>\w)/gu, (_, letter: string) => letter.toUpperCase())
}

const IMPORT = /^import \{ entry as \w+ \} from '\.\/[\w-]+\/index\.ts'$/gmu
const LIST = /^export const catalogue: Entry\[\] = \[(?<names>[^\]]*)\]$/mu

/**
 * The index of all definitions with one more entry, at the end of its imports and of its list; undefined when
 * the index is not written as expected, and a person has to do it.
 */
export function catalogued(index: string, id: string, name: string): string | undefined {
  const last = [...index.matchAll(IMPORT)].at(-1)
  const list = LIST.exec(index)
  if (!last || !list) return undefined
  const line = `import { entry as ${name} } from './${id}/index.ts'`
  const entries = (list.groups?.['names'] ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
  const names = [...entries, name].join(', ')
  const end = last.index + last[0].length
  const imported = `${index.slice(0, end)}\n${line}${index.slice(end)}`
  return imported.replace(LIST, () => `export const catalogue: Entry[] = [${names}]`)
}

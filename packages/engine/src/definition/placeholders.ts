import type { Text } from '../data/text.ts'

/** `{name}` in a text of a notice. */
export const placeholder = /\{(\w+)\}/gu
const placeholders = ['unit', 'campaign', 'due']

/** Placeholders of a text that nothing fills. */
export function unknownPlaceholders({ zh, en }: Text): string[] {
  return [...`${zh}${en}`.matchAll(placeholder)]
    .flatMap(([, name = '']) => name)
    .filter((name) => !placeholders.includes(name))
}

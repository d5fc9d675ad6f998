import { made } from '../block.ts'
import type { Kind, StateSpec } from '@duban/engine'
import { codeOf } from './context.ts'
import type { RectificationOptions } from './options.ts'
import { statesOf } from './states.ts'
import { defaults } from './words.ts'

export type { Rectified } from './context.ts'

/** The machine of one thing to put right. Input: any object; it stays in the context. */
export function rectificationKind(name: string, options: RectificationOptions): Kind {
  const { extension, press, wording = {} } = options
  const code = codeOf(options)
  const { title = defaults.kind, source } = wording.kind ?? {}
  const context = { ...extension?.context, ...press?.context, ...code.context }
  return {
    spec: {
      meta: { title, ...(source !== undefined && { source }) },
      context: ({ input }) => ({ ...(typeof input === 'object' ? input : {}), ...context }),
      ...bodyOf(name, options),
    },
    guards: made<Kind['guards']>({
      ...code.guards,
      ...extension?.guards,
      ...press?.guards,
    }),
    updates: made<Kind['updates']>({
      ...code.updates,
      ...extension?.updates,
      ...press?.updates,
    }),
  }
}

/**
 * As a rule the states stand side by side. What is in hand stands in one group where a clock runs over all of it
 * (`within`), and in a region where its extension goes beside it.
 */
function bodyOf(name: string, options: RectificationOptions): StateSpec {
  const { extension, within, wording = {} } = options
  const initial = options.plan === false ? 'rectifying' : 'open'
  const { living, over, lapse } = statesOf(name, options)
  const titled = (which: 'live' | 'work') => {
    const { title = defaults[which], source } = wording[which] ?? {}
    return { meta: { title, ...(source !== undefined && { source }) } }
  }
  if (extension) {
    const work = { ...titled('work'), initial, states: living }
    const live = {
      ...titled('live'),
      type: 'parallel' as const,
      states: { work, extension: extension.region() },
    }
    return { initial: 'live', states: { live, ...over } }
  }
  if (within === undefined) return { initial, states: { ...living, ...over } }
  const live = { ...titled('live'), initial, after: { [`${name}Due`]: lapse }, states: living }
  return { initial: 'live', states: { live, ...over } }
}

import type { CommandSpec, Text } from '@duban/engine'
import type { RectificationOptions } from './options.ts'
import { defaults, payloads } from './words.ts'

/** One who verifies, whatever the author wrote: the state that waits for them, and their two commands. */
export type Step = {
  state: string
  title: Text
  source?: string
  pass: string
  back: string
  by: readonly string[]
  only?: `context.${string}`
  least: number
}

/** The verifiers in their order. One group of roles is a step by itself, with `close` and `return`. */
export function stepsOf({ verify, wording = {} }: RectificationOptions): Step[] {
  if (isRoles(verify)) {
    const { title = defaults.submitted, source } = wording.submitted ?? {}
    const sourced = source === undefined ? {} : { source }
    return [
      {
        state: 'submitted',
        title,
        ...sourced,
        pass: 'close',
        back: 'return',
        by: verify,
        least: 1,
      },
    ]
  }
  return Object.entries(verify).map(([state, { title, least = 1, ...rest }]) => ({
    ...rest,
    state,
    title: { zh: `待${title.zh}`, en: `Awaiting: ${title.en}` },
    pass: `${state}.pass`,
    back: `${state}.return`,
    least,
  }))
}

/** Each step's two commands. Four eyes: nobody judges what they put right, or what they passed before. */
export function stepCommands(
  name: string,
  options: RectificationOptions,
  mended: readonly string[],
): { [command: string]: CommandSpec } {
  const { verify, wording = {} } = options
  const titles = (state: string, verb: 'close' | 'return') => {
    if (isRoles(verify)) {
      const { title = defaults[verb], source } = wording[verb] ?? {}
      return { title, ...(source !== undefined && { source }) }
    }
    const { title = defaults.kind, source } = verify[state] ?? {}
    return {
      title:
        verb === 'close'
          ? { zh: `${title.zh}通过`, en: `${title.en}: pass` }
          : { zh: `${title.zh}退回`, en: `${title.en}: return` },
      ...(source !== undefined && { source }),
    }
  }
  const steps = stepsOf(options)
  return Object.fromEntries(
    steps.flatMap(({ state, pass, back, by, only }, index) => {
      const notBy = [...mended, ...steps.slice(0, index).map((one) => `${name}.${one.pass}`)]
      const may = { by, ...(only !== undefined && { only }), notBy }
      return [
        [`${name}.${pass}`, { ...titles(state, 'close'), ...may, payload: payloads.close }],
        [`${name}.${back}`, { ...titles(state, 'return'), ...may, payload: payloads.return }],
      ]
    }),
  )
}

export function isRoles(verify: RectificationOptions['verify']): verify is readonly string[] {
  return Array.isArray(verify)
}

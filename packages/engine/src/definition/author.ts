import type { Author, Kind, KindCode, KindSpec, Seen } from './spec.ts'

const made = new WeakMap<object, string>()

/** The command or message that a guard or update was made for by `on`; undefined when for any. */
export function madeFor(code: unknown): string | undefined {
  return typeof code === 'function' ? made.get(code) : undefined
}

/** What `machines` is called with; its types are the author's own commands, messages and dates. */
export const author = {
  machine: (code: KindCode<object> = {}) => ({
    createMachine: (spec: KindSpec): Kind => ({
      spec,
      guards: code.guards ?? {},
      updates: (code.updates ?? {}) as unknown as Kind['updates'],
    }),
  }),
  on: (name: string, run: (seen: never) => unknown) => {
    const code = ({ context, event }: Seen<unknown>): unknown => {
      if (event.type !== name) throw new Error(`made for ${name}, used on ${event.type}`)
      const { payload, by, at } = event
      return run({ context, payload, by, at } as never)
    }
    made.set(code, name)
    return code
  },
} as unknown as Author<never, never, never>

import type { DateSpec, Kind, Text } from '@duban/engine'
import type { z } from 'zod'
import type { Titled } from '../block.ts'
import type { DisclosureCommands } from './commands.ts'
import type { disclosureCode, Disclosure } from './code.ts'
import type { DisclosureOptions, Ending } from './options.ts'

type DateKey<O extends DisclosureOptions> =
  | 'Ends'
  | 'Answered'
  | (O extends { accepted: 'stands' } ? never : 'Revised')
  | (O extends { review: readonly string[] } ? 'Reviewed' : never)

export type DisclosureBlock<Name extends string, O extends DisclosureOptions> = {
  commands: DisclosureCommands<Name, O>
  messages: { [N in `${Name}.ended`]: { title: Text; payload: typeof Ending } }
  dates: { [D in `${Name}${DateKey<O>}`]: DateSpec }
  context: { [N in Name]: Disclosure<z.output<O['of']>> }
  state: Titled
  kind: Kind
  /** `<name>Objection`: spread it into the machines, beside `kind` or whatever machine holds `state`. */
  kinds: { [N in `${Name}Objection`]: Kind }
} & ReturnType<typeof disclosureCode<Name>>

import type { CommandSpec, StateSpec, Text } from '@duban/engine'
import { z } from 'zod'
import type { ApprovalsCode } from './code.ts'
import type { Mode, Routing } from './record.ts'
import type { ApprovalStep } from './steps.ts'
import type { OwnDates } from '../block.ts'

const evidence = z.array(z.string().regex(/^[0-9a-f]{64}$/u)).max(50)
export const Document = z.strictObject({
  title: z.string().trim().min(1).max(200),
  text: z.string().trim().min(1).max(4000),
  evidence: evidence.optional(),
})

export type ApprovalsOptions = {
  title: Text
  /** Who drafts, submits, withdraws and urges. Whoever submitted never signs. */
  submit: readonly string[]
  /** In the order in which the document passes them; camelCase names. */
  steps: { readonly [step: string]: ApprovalStep }
  /** What is submitted; default `{ title, text, evidence? }`. */
  document?: z.ZodObject
  /** A date of your table by which it is submitted first: then it is overdue, and who submits is pressed. */
  submitBy?: string
  /** The time for what was returned, like `entry + 5 workdays`; then it is overdue. Default: none of its own. */
  mend?: string
  /** The date by which it is approved: then it is `late`, and all on its way are pressed. */
  due?: string
  /** 抄送: roles that learn of it when it is approved. */
  copy?: readonly string[]
  /** The phrase of the plan that the drafting comes from. */
  source?: string
}

type Steps<O extends ApprovalsOptions> = keyof O['steps'] & string

type NamedSteps<O extends ApprovalsOptions> = {
  [S in Steps<O>]: O['steps'][S] extends { mode: Mode } ? S : never
}[Steps<O>]

type NamingSteps<O extends ApprovalsOptions> = {
  [S in Steps<O>]: O['steps'][S] extends { namedBy: readonly string[] } ? S : never
}[Steps<O>]

type SignedSteps<O extends ApprovalsOptions> = {
  [S in Steps<O>]: O['steps'][S] extends { sign: readonly string[] } ? S : never
}[Steps<O>]

type BodiesOf<Step> = Step extends { each: infer Each } ? keyof Each & string : never

type RolesOf<Step> =
  | (Step extends { sign: infer Roles extends readonly string[] } ? Roles[number] : never)
  | (Step extends { namedBy: infer Roles extends readonly string[] } ? Roles[number] : never)
  | BodiesOf<Step>

type RoleOf<O extends ApprovalsOptions> = O['submit'][number] | RolesOf<O['steps'][Steps<O>]>

type OwnDate<Name extends string, O extends ApprovalsOptions> =
  | (O extends { mend: string } ? `${Name}Mended` : never)
  | {
      [S in Steps<O>]: O['steps'][S] extends { within: string } ? `${Name}${Capitalize<S>}Given` : never
    }[Steps<O>]

type DateOf<Name extends string, O extends ApprovalsOptions> = OwnDate<Name, O> | Extract<O['due' | 'submitBy'], string>

type DocumentOf<O extends ApprovalsOptions> = O['document'] extends z.ZodObject
  ? z.output<O['document']>
  : z.output<typeof Document>

type CommandName<Name extends string, O extends ApprovalsOptions> =
  | `${Name}.${'submit' | 'withdraw' | 'urge'}`
  | `${Name}.${SignedSteps<O>}.${'sign' | 'return'}`
  | `${Name}.${NamingSteps<O>}.name`
  | { [S in Steps<O>]: `${Name}.${S}.${BodiesOf<O['steps'][S]>}.${'sign' | 'refuse'}` }[Steps<O>]
  | `${Name}.${NamedSteps<O>}.${'addSigner' | 'handOver' | 'delegate'}`

export type Approvals<Name extends string, O extends ApprovalsOptions> = {
  commands: { [C in CommandName<Name, O>]: CommandSpec<RoleOf<O>, never> }
  context: { [N in Name]: Routing<DocumentOf<O>> }
  /** `<name>Mended` with `mend`, `<name><Step>Given` for a joint step with `within`: each instance's own. */
  dates: OwnDates<OwnDate<Name, O>>
  /** The state `name`, from the draft on; when all have signed the machine goes to `approved`. */
  states: (arrows: { approved: string }) => {
    [N in Name]: StateSpec<CommandName<Name, O>, DateOf<Name, O>>
  }
} & ApprovalsCode<Name>

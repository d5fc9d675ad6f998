import type { CommandSpec, StateSpec, Text } from '@duban/engine'
import type { z } from 'zod'
import { approvalsCode, type ApprovalsCode } from './code.ts'
import { commandsOf, type Document } from './commands.ts'
import { datesOf } from './dates.ts'
import { check } from './check.ts'
import { fresh, type Mode, type Routing } from './routing.ts'
import { approvalsState } from './state.ts'
import type { ApprovalStep } from './steps.ts'
import type { OwnDates } from '../piece.ts'

export type { ApprovalStep, JointStep, SignedStep } from './steps.ts'

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

/**
 * A document on its way through signatures, as a state inside the author's machine.
 *
 * Each step is signed by one holder of its roles, by persons who are named (all, one, or in sequence), or by
 * several bodies side by side (会审), one signer of each. Those who are named may add signers (加签), hand over (转办) and delegate (委派, it comes back). Any signer may
 * return it (退回) to the draft or an earlier step, which begins a new round; the submitter may withdraw it
 * (撤回) while nobody has signed, and urge (催办). Who submitted never signs, nobody signs twice in a round.
 *
 * `context[name]` holds the document, whose turn it is, and every opinion with person and time.
 *
 * @throws {RangeError} saying which option cannot be, and what to do
 * @example
 * const scheme = approvals('scheme', {
 *   title: { zh: '方案', en: 'Scheme' },
 *   submit: ['office'],
 *   steps: {
 *     cosign: { title: { zh: '会签', en: 'Countersigning' }, sign: ['section'], mode: 'all' },
 *     approve: { title: { zh: '审批', en: 'Approval' }, sign: ['lead'] },
 *   },
 * })
 * // commands: { ...scheme.commands }
 * // machine<typeof scheme.context>({ guards: scheme.guards, updates: scheme.updates }).createMachine({
 * //   context: { ...scheme.context }, initial: 'scheme',
 * //   states: { ...scheme.states({ approved: 'running' }), running: … } })
 */
export function approvals<const Name extends string, const O extends ApprovalsOptions>(
  name: Name,
  options: O,
): Approvals<Name, O> {
  check(name, options)
  return {
    commands: commandsOf(name, options),
    dates: datesOf(name, options),
    context: { [name]: options.mend === undefined ? fresh : { ...fresh, mendedLate: false } },
    ...approvalsCode(name, options.steps),
    states: ({ approved }: { approved: string }) => ({
      [name]: approvalsState(name, options, approved),
    }),
  } as unknown as Approvals<Name, O>
}

import { personId, type CommandSpec, type StateSpec, type Text } from '@duban/engine'
import { z } from 'zod'
import { approvalsCode, type ApprovalsCode } from './approvals/code.ts'
import { fresh, type Mode, type Routing } from './approvals/routing.ts'
import { approvalsState } from './approvals/state.ts'

export type ApprovalStep = {
  title: Text
  /** Roles that may sign here. */
  sign: readonly string[]
  /**
   * Without it, one holder of a role signs. With it, the submitter names the persons, who must hold one of
   * the roles: `all` of them sign (会签), `one` of them (或签), or all in `sequence`.
   */
  mode?: Mode
  source?: string
}

export type ApprovalsOptions = {
  title: Text
  /** Who drafts, submits, withdraws and urges. Whoever submitted never signs. */
  submit: readonly string[]
  /** In the order in which the document passes them; camelCase names. */
  steps: { readonly [step: string]: ApprovalStep }
  /** What is submitted; default `{ title, text, evidence? }`. */
  document?: z.ZodObject
  /** The date by which it is approved: then it is `late`, and all on its way are pressed. */
  due?: string
  /** 抄送: roles that learn of it when it is approved. */
  copy?: readonly string[]
  /** The phrase of the plan that the drafting comes from. */
  source?: string
}

const words = z.string().trim().min(1).max(4000)
const evidence = z.array(z.string().regex(/^[0-9a-f]{64}$/u)).max(50)
const Document = z.strictObject({
  title: z.string().trim().min(1).max(200),
  text: words,
  evidence: evidence.optional(),
})

type Steps<O extends ApprovalsOptions> = keyof O['steps'] & string
type NamedSteps<O extends ApprovalsOptions> = {
  [S in Steps<O>]: O['steps'][S] extends { mode: Mode } ? S : never
}[Steps<O>]
type RoleOf<O extends ApprovalsOptions> = (O['submit'] | O['steps'][Steps<O>]['sign'])[number]
type DateOf<O extends ApprovalsOptions> = O['due'] extends string ? O['due'] : never
type DocumentOf<O extends ApprovalsOptions> = O['document'] extends z.ZodObject
  ? z.output<O['document']>
  : z.output<typeof Document>
type CommandName<Name extends string, O extends ApprovalsOptions> =
  | `${Name}.${'submit' | 'withdraw' | 'urge'}`
  | `${Name}.${Steps<O>}.${'sign' | 'return'}`
  | `${Name}.${NamedSteps<O>}.${'addSigner' | 'handOver' | 'delegate'}`

export type Approvals<Name extends string, O extends ApprovalsOptions> = {
  commands: { [C in CommandName<Name, O>]: CommandSpec<RoleOf<O>, never> }
  context: { [N in Name]: Routing<DocumentOf<O>> }
  /** The state `name`, from the draft on; when all have signed the machine goes to `approved`. */
  states: (arrows: { approved: string }) => {
    [N in Name]: StateSpec<CommandName<Name, O>, DateOf<O>>
  }
} & ApprovalsCode<Name>

/**
 * A document on its way through signatures, as a state inside the author's machine.
 *
 * Each step is signed by one holder of its roles, or by persons named at submission: all, one, or in
 * sequence. Those may add signers (加签), hand over (转办) and delegate (委派, it comes back). Any signer may
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
    context: { [name]: fresh },
    ...approvalsCode(name, options.steps),
    states: ({ approved }: { approved: string }) => ({
      [name]: approvalsState(name, options, approved),
    }),
  } as unknown as Approvals<Name, O>
}

function commandsOf(name: string, options: ApprovalsOptions): { [name: string]: CommandSpec } {
  const { submit, steps, title, source } = options
  const submitted = `${name}.submit`
  const document = options.document ?? Document
  const named = Object.entries(steps).filter(([, { mode }]) => mode !== undefined)
  const people = z.array(personId()).min(1).max(50)
  const signers = z.strictObject(Object.fromEntries(named.map(([step]) => [step, people])))
  const sourced = source === undefined ? {} : { source }
  const mine = {
    by: submit,
    only: `context.${name}.submittedBy`,
    payload: z.strictObject({}),
  } as const
  return {
    [submitted]: {
      title: { zh: `报批${title.zh}`, en: `${title.en}: submit` },
      by: submit,
      payload: named.length === 0 ? document : document.extend({ signers }),
      ...sourced,
    },
    [`${name}.withdraw`]: {
      title: { zh: `撤回${title.zh}`, en: `${title.en}: withdraw` },
      ...mine,
    },
    [`${name}.urge`]: { title: { zh: `催办${title.zh}`, en: `${title.en}: urge` }, ...mine },
    ...Object.fromEntries(
      Object.keys(steps).flatMap((step, index, all) =>
        stepCommands(name, step, all.slice(0, index), options),
      ),
    ),
  }
}

function stepCommands(
  name: string,
  step: string,
  earlier: string[],
  { submit, steps }: ApprovalsOptions,
): [string, CommandSpec][] {
  const { title, sign, mode, source } = steps[step] as ApprovalStep
  const sourced = source === undefined ? {} : { source }
  const only = mode === undefined ? {} : ({ only: `context.${name}.waiting` } as const)
  const signer = { by: sign, notBy: [`${name}.submit`], ...only, ...sourced }
  const command = (verb: string, zh: string, en: string, spec: Omit<CommandSpec, 'title'>) =>
    [
      `${name}.${step}.${verb}`,
      { title: { zh: `${title.zh}：${zh}`, en: `${title.en}: ${en}` }, ...spec },
    ] as [string, CommandSpec]
  const to = z.enum(['draft', ...earlier])
  return [
    command('sign', '同意', 'sign', {
      ...signer,
      payload: z.strictObject({ opinion: words.optional() }),
    }),
    command('return', '退回', 'return', {
      ...signer,
      payload: z.strictObject({ reason: words, ...(earlier.length > 0 && { to }) }),
    }),
    ...(mode === undefined
      ? []
      : [
          command('addSigner', '加签', 'add signers', {
            ...signer,
            payload: z.strictObject({ persons: z.array(personId()).min(1).max(20) }),
          }),
          command('delegate', '委派', 'delegate', {
            ...signer,
            payload: z.strictObject({ to: personId() }),
          }),
          // The submitter too, so that a person who is named wrongly, or gone, holds nothing up.
          command('handOver', '转办', 'hand over', {
            by: [...new Set([...sign, ...submit])],
            only: `context.${name}.mayHandOver`,
            payload: z.strictObject({ from: personId().optional(), to: personId() }),
          }),
        ]),
  ]
}

function check(name: string, { submit, steps }: ApprovalsOptions): void {
  const wrong = (advice: string): never => {
    throw new RangeError(`approvals «${name}»: ${advice}`)
  }
  const camel = /^[a-z][a-zA-Z0-9]*$/u
  if (!camel.test(name)) wrong('write a camelCase name, like scheme')
  if (submit.length === 0) wrong('submit: name at least one role')
  const all = Object.entries(steps)
  if (all.length === 0) wrong('steps: there must be one, or nothing needs approval')
  for (const [step, { sign }] of all) {
    if (!camel.test(step) || ['draft', 'approved'].includes(step)) {
      wrong(`steps.${step}: write a camelCase name other than draft and approved`)
    }
    if (sign.length === 0) wrong(`steps.${step}.sign: name at least one role`)
  }
}

import { approvalsCode } from './code.ts'
import { commandsOf } from './commands.ts'
import { datesOf } from './dates.ts'
import { check } from './check.ts'
import { fresh } from './routing.ts'
import { approvalsState } from './state.ts'
import type { ApprovalsOptions, Approvals } from './options.ts'

export type { ApprovalStep, JointStep, SignedStep } from './steps.ts'
export type { ApprovalsOptions, Approvals } from './options.ts'

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

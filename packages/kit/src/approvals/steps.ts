import type { notify, StateSpec, Text } from '@duban/engine'
import type { Mode } from './record.ts'

/** Signed by one holder of a role, or by persons who are named. */
export type SignedStep = {
  title: Text
  /** Roles that may sign here. */
  sign: readonly string[]
  /**
   * Without it, one holder of a role signs. With it persons are named, who must hold one of the roles: `all` of
   * them sign (会签), `one` of them (或签), or all in `sequence`.
   */
  mode?: Mode
  /** Who names them when the document comes to this step. Default: the submitter does, at submission. */
  namedBy?: readonly string[]
  /** How many must be named at least: 两人以上 is 2. Default 1. */
  least?: number
  source?: string
}

/** 会审: bodies give their opinions side by side, one signer of each; if one refuses it goes back. */
export type JointStep = {
  title: Text
  /** The role of each body, and what the body is called. */
  each: { readonly [role: string]: Text }
  /** The time of the bodies, like `entry + 10 workdays`; then those that have not spoken are overdue. */
  within?: string
  /** The first refusal sends it back. Default: all opinions are heard first. */
  atOnce?: boolean
  source?: string
}

export type ApprovalStep = SignedStep | JointStep

export function isJoint(step: ApprovalStep): step is JointStep {
  return 'each' in step
}

export function modeOf(step: ApprovalStep): Mode | undefined {
  return isJoint(step) ? undefined : step.mode
}

/** Roles that sign there. */
export function signersOf(step: ApprovalStep): readonly string[] {
  return isJoint(step) ? Object.keys(step.each) : step.sign
}

/** Who names the persons of a step when it begins; undefined where nobody does. */
export function namersOf(step: ApprovalStep): readonly string[] | undefined {
  return isJoint(step) ? undefined : step.namedBy
}

/** The state in which a step begins: first somebody names who signs. */
export function firstState(name: string, step: ApprovalStep | undefined): string {
  return step && namersOf(step) ? `${name}Naming` : name
}

/** Where a step leads, and what can happen in each of them. */
export type Ways = {
  next: string
  draft: string
  /** Steps to which it may be returned, and the state in which each begins. */
  earlier: [step: string, state: string][]
  told: ReturnType<typeof notify>
  between: NonNullable<StateSpec['on']>
}

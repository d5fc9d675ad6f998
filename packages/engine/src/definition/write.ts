import type { z } from 'zod'
import type { DateSpec } from '../calendar/index.ts'
import type { Text } from '../data/text.ts'
import type { CommandSpec, RoleSpec, StateSpec } from './spec.ts'

// What a plan is written with: each makes plain data, so that a sentence of the document is one line.

/** What something is called, in Chinese and in English. */
export function t(zh: string, en: string): Text {
  return { zh, en }
}

/**
 * Who may hold a role: one for the whole campaign, or one for each unit.
 *
 * @example reviewer: role(t('复查组', 'Reviewer'), 'campaign', { recused: 'ownUnit' })
 */
export function role<const More extends Pick<RoleSpec, 'recused'> = object>(
  title: Text,
  scope: RoleSpec['scope'],
  more?: More,
): { title: Text; scope: RoleSpec['scope'] } & More {
  return { title, scope, ...more } as { title: Text; scope: RoleSpec['scope'] } & More
}

/**
 * A date of the plan, or one that each instance has for itself; with the phrase that it comes from.
 *
 * @example reports: date(t('报送自查表', 'Self-check'), '04-18', '4月18日前报送', { remind: ['-3 workdays'] })
 * @example again: date(t('重新评议', 'Reviewed again'), 'entry + 7 days')
 */
export function date<const More extends Omit<DateSpec, 'title' | 'due' | 'source'> = object>(
  title: Text,
  due: DateSpec['due'],
  source?: string,
  more?: More,
): { title: Text; due: DateSpec['due']; source?: string } & More {
  const all = { title, due, ...(source !== undefined && { source }), ...more }
  return all as { title: Text; due: DateSpec['due']; source?: string } & More
}

/**
 * A command: what it is called, who may do it, the form that they fill in, and the phrase that it comes from.
 *
 * @example 'report.submit': command(t('报送', 'Report'), ['reporter'], z.strictObject({ text: words }), '4月18日前报送')
 * @example 'report.return': command(t('退回', 'Return'), ['office'], Reason, { notBy: ['report.submit'] })
 */
export function command<const Role extends string, Payload extends z.ZodType>(
  title: Text,
  by: readonly Role[],
  payload: Payload,
  source?: string,
): { title: Text; by: readonly Role[]; payload: Payload; source?: string }
export function command<
  const Role extends string,
  Payload extends z.ZodType,
  const More extends Omit<CommandSpec, 'title' | 'by' | 'payload'>,
>(
  title: Text,
  by: readonly Role[],
  payload: Payload,
  more: More,
): { title: Text; by: readonly Role[]; payload: Payload } & More
export function command(title: Text, by: readonly string[], payload: z.ZodType, more?: string | object): CommandSpec {
  const rest = typeof more === 'string' ? { source: more } : more
  return { title, by, payload, ...rest }
}

/**
 * A state with its title.
 *
 * @example closed: state(t('已结束', 'Closed'), { type: 'final' })
 */
export function state<const Spec extends StateSpec & { source?: string }>(
  title: Text,
  { source, ...spec }: Spec = {} as Spec,
): Omit<Spec, 'source'> & { meta: { title: Text; source?: string } } {
  return { meta: { title, ...(source !== undefined && { source }) }, ...spec }
}

/** What somebody said by a command, with who and when: what `keep` and `append` put into a context. */
export type Said<Commands extends { [name: string]: { payload: z.ZodType } }, Name extends keyof Commands> = z.output<
  Commands[Name]['payload']
> & { by: string; at: string }

import type { Text } from '@duban/engine'
import { z } from 'zod'
import { words, type Done } from '../block.ts'

export type TaskOptions = {
  /** What is to be done: `{ zh: '召开启动大会', en: 'Launch meeting' }`. */
  title: Text
  /** Who does it and records it. */
  by: readonly string[]
  /** The name of the date by which it is due. It may be done as early as one likes. */
  due: string
  /** What the record must say. Default: a summary in words. */
  record?: z.ZodObject
  /** A filing (备案) that may be filed again when something changes, with a reason: by the same, or by these. */
  amend?: true | readonly string[]
  /** Who gets a copy (抄送) when it is done, and when it is amended. */
  copy?: readonly string[]
  /** Who is told, besides `by`, when it is overdue. */
  tell?: readonly string[]
  /** The phrase of the plan. */
  source?: string
}

export type Table = { [task: string]: TaskOptions }

export type Names<T extends Table> = keyof T & string

export type RecordOf<T extends TaskOptions> = T extends { record: infer R extends z.ZodObject } ? R : typeof Summary

export type AmenderOf<T extends TaskOptions> = T extends { amend: infer A extends readonly string[] }
  ? A[number]
  : T['by'][number]

export type Amendable<T extends Table> = {
  [N in Names<T>]: T[N] extends { amend: true | readonly string[] } ? N : never
}[Names<T>]

/** The present record of a task. What it said before an amendment is in the history, whole. */
export type TaskRecord = Done & {
  late: boolean
  amended: (Done & { reason: string })[]
  [member: string]: unknown
}

export const Summary = z.strictObject({ summary: words })

import type { Text } from '@duban/engine'
import { z } from 'zod'
import type { Ladder } from '../ladder/index.ts'
import {
  Reason,
  words,
  type Done,
  type Guards,
  type OwnDates,
  type BlockCommand,
  type States,
  type Updates,
} from '../block.ts'

export type ReportOptions<Submitter extends string, Record extends z.ZodObject, Accepter extends string = never> = {
  /** What is reported: `{ zh: '自查报告', en: 'Self-check report' }`. */
  title: Text
  /** Who writes and submits it. */
  submit: readonly Submitter[]
  /** What it must say. Default: a summary in words. */
  record?: Record
  /** The name of the date by which it is due. */
  due: string
  /**
   * Who accepts or returns it; never whoever submitted it. Give that role `recused: 'ownUnit'` where nobody may
   * judge their own unit. Without it, what is submitted is accepted.
   */
  accept?: readonly Accepter[]
  /** The time that a returned one has, a rule that counts from the return. Default `entry + 5 workdays`. */
  mend?: string
  /** Who is told, besides those who submit, when it is overdue. */
  tell?: readonly string[]
  /** A ladder that its overdue state becomes: `press: pressure`. Its rungs are climbed while it is overdue. */
  press?: { state: Ladder<string, { urge: { by: string[] } }>['state'] }
  /** The phrase of the plan. */
  source?: string
}

export type ReportContext<Record> = {
  /** The last one submitted; `late` has the reason of one that was made up. */
  last: (Record & Done & { late: string | null }) | null
  /** Why it was returned, each time. */
  returns: (Done & { reason: string })[]
  accepted: Done | null
}

export type Report<
  Name extends string,
  Submitter extends string,
  Record extends z.ZodObject,
  Accepter extends string,
> = {
  commands: { [N in `${Name}.submit`]: BlockCommand<Submitter, Record> } & {
    [N in `${Name}.makeUp`]: BlockCommand<Submitter, z.ZodType<z.output<Record> & { reason: string }>>
  } & ([Accepter] extends [never]
      ? unknown
      : { [N in `${Name}.accept`]: BlockCommand<Accepter, typeof Opinion> } & {
          [N in `${Name}.return`]: BlockCommand<Accepter, typeof Reason>
        })
  /** `<name>Mended`: the time that a returned one has. Empty without `accept`. */
  dates: [Accepter] extends [never] ? object : OwnDates<`${Name}Mended`>
  /** One member, `<name>`. */
  context: { [N in Name]: ReportContext<z.output<Record>> }
  guards: Guards<{ [N in Name]: ReportContext<z.output<Record>> }>
  updates: Updates<{ [N in Name]: ReportContext<z.output<Record>> }>
  /**
   * One state, `<name>`, with `writing`, `submitted`, `returned`, `overdue` inside. `accepted` is where the
   * machine goes on; `tags` are those that it carries while it is submitted, for the parent to count.
   */
  states: (to: { accepted: string; tags?: readonly string[] }) => States<Name>
}

export const Opinion = z.strictObject({ opinion: words.optional() })

export type AnyReport = ReportOptions<string, z.ZodObject, string>

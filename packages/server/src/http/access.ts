import { accessTo, type Access } from '../campaigns/access.ts'
import type { Db } from '../database/open.ts'
import type { Caller } from './caller.ts'
import { ProblemError } from './problem.ts'

/** @throws {ProblemError} `not_found`, also for a campaign that exists and is none of the caller's business */
export async function requireAccess(db: Db, caller: Caller, campaign: string): Promise<Access> {
  const access = await accessTo(db, caller, campaign)
  if (!access) throw new ProblemError('not_found', { rule: campaign })
  return access
}

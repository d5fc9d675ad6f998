import { constants, fchownSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import type { Account } from './account.ts'

const ROTATE_AT = 10 * 1024 * 1024

/** Opens PostgreSQL's log for appending; a long one is put aside as `….1` first. */
export function openLog(path: string, account: Account): { fd: number; lastLines: () => string } {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > ROTATE_AT) renameSync(path, `${path}.1`)
  const { O_APPEND, O_CREAT, O_NOFOLLOW, O_WRONLY } = constants
  const fd = openSync(path, O_APPEND | O_CREAT | O_NOFOLLOW | O_WRONLY, 0o600)
  if (account) fchownSync(fd, account.uid, account.gid)
  const before = statSync(path).size
  return {
    fd,
    lastLines: () => readFileSync(path).subarray(before).toString().trimEnd().split('\n').slice(-15).join('\n'),
  }
}

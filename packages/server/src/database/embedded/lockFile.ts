import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** What a running PostgreSQL writes into its cluster's postmaster.pid. */
export type LockFile = { pid: number; socketDirectory: string | undefined; text: string }

/** Lines: process id, data directory, start time, port, socket directory, … (PostgreSQL's miscadmin.h) */
export function readLockFile(cluster: string): LockFile | undefined {
  let text: string
  try {
    text = readFileSync(join(cluster, 'postmaster.pid'), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  const lines = text.split('\n')
  return { pid: Number(lines[0]), socketDirectory: lines[4] || undefined, text }
}

/** Removes the lock file that was read, unless another has replaced it since. */
export function removeLockFile(cluster: string, read: LockFile): void {
  if (readLockFile(cluster)?.text === read.text) rmSync(join(cluster, 'postmaster.pid'))
}

import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/**
 * The processes that work on the cluster. A process id alone proves nothing: after a reboot, and in
 * containers always, the id in an old postmaster.pid belongs to another program. But each of
 * PostgreSQL's processes stands in its cluster directory for life.
 *
 * @param suspect the id in postmaster.pid, judged by its name where its directory cannot be seen
 */
export function processesIn(cluster: string, suspect: number): number[] {
  if (process.platform !== 'linux') return commandOf(suspect).includes('postgres') ? [suspect] : []
  const home = statSync(cluster)
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const cwd = statSync(`/proc/${pid}/cwd`)
        return cwd.ino === home.ino && cwd.dev === home.dev
      } catch (error) {
        // Root in a container usually lacks CAP_SYS_PTRACE, which looking at others' takes.
        return (
          (error as NodeJS.ErrnoException).code === 'EACCES' &&
          pid === suspect &&
          ownerOf(pid) === home.uid &&
          commandOf(pid).includes('postgres')
        )
      }
    })
}

function ownerOf(pid: number): number | undefined {
  return statSync(`/proc/${pid}`, { throwIfNoEntry: false })?.uid
}

function commandOf(pid: number): string {
  if (process.platform !== 'linux')
    return spawnSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' }).stdout
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}

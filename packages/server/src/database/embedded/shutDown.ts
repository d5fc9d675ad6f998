/** Fast shutdown; if that hangs, leave at once (the next start recovers); if that hangs too, kill. */
const STEPS: ReadonlyArray<[signal: NodeJS.Signals, milliseconds: number]> = [
  ['SIGINT', 30_000],
  ['SIGQUIT', 10_000],
  ['SIGKILL', 10_000],
]

/** Stops a postmaster. False: it is still there. */
export async function shutDown(pid: number, isGone: () => boolean): Promise<boolean> {
  for (const [signal, milliseconds] of STEPS) {
    if (isGone()) return true // asked first, since the id of a gone process may be another's by now
    try {
      process.kill(pid, signal)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
    for (const end = Date.now() + milliseconds; Date.now() < end; await pause(15)) if (isGone()) return true
  }
  return isGone()
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

/**
 * Gathers requests while the batches before them commit. Two workers at most have a batch under way; one holds at
 * most 64 requests (one that weighs more, alone), and at most one for any target, so that each request sees
 * what the one before left. (The sizes come from a prototype, docs/decisions/016; `pnpm bench` measures this code.)
 */
const WORKERS = 2
const MOST = 64

type Entry<Request, Outcome> = {
  request: Request
  target: string
  weight: number
  resolve: (outcome: Outcome) => void
  reject: (error: unknown) => void
}

export type Queue<Request, Outcome> = {
  push: (request: Request, target: string, weight?: number) => Promise<Outcome>
  /** Resolves when everything pushed has been answered. */
  idle: () => Promise<void>
  size: () => number
}

export function createQueue<Request, Outcome>(
  runBatch: (requests: Request[]) => Promise<Outcome[]>,
  /** Whether an error is the fault of some request in the batch, and certainly nothing was committed. */
  isTheirs: (error: unknown) => boolean,
): Queue<Request, Outcome> {
  const waiting: Entry<Request, Outcome>[] = []
  const busy = new Set<string>()
  const idlers: (() => void)[] = []
  let workers = 0

  const pump = (): void => {
    while (workers < WORKERS && waiting.length > 0) {
      const batch = pick()
      if (batch.length === 0) return
      workers += 1
      void run(batch).finally(() => {
        workers -= 1
        for (const { target } of batch) busy.delete(target)
        pump()
        if (workers === 0 && waiting.length === 0) for (const resolve of idlers.splice(0)) resolve()
      })
    }
  }

  const pick = (): Entry<Request, Outcome>[] => {
    const batch: Entry<Request, Outcome>[] = []
    let room = MOST
    for (let i = 0; i < waiting.length && room > 0;) {
      const entry = waiting[i] as Entry<Request, Outcome>
      if (busy.has(entry.target) || (entry.weight > room && batch.length > 0)) {
        i += 1
      } else {
        busy.add(entry.target)
        batch.push(entry)
        room -= entry.weight
        waiting.splice(i, 1)
      }
    }
    return batch
  }

  // A batch that fails as a whole is halved until the request that spoils it is alone (law: a refused or
  // broken event never harms its neighbours). Not when the database is gone: a commit may have gone through
  // before the answer was lost, and nobody may repeat it but the client, with the same key (law 4).
  const run = async (batch: Entry<Request, Outcome>[]): Promise<void> => {
    try {
      const outcomes = await runBatch(batch.map(({ request }) => request))
      batch.forEach(({ resolve }, index) => resolve(outcomes[index] as Outcome))
    } catch (error) {
      if (batch.length === 1 || !isTheirs(error)) {
        for (const { reject } of batch) reject(error)
      } else {
        const middle = Math.ceil(batch.length / 2)
        await run(batch.slice(0, middle))
        await run(batch.slice(middle))
      }
    }
  }

  return {
    push: (request, target, weight = 1) =>
      new Promise((resolve, reject) => {
        waiting.push({ request, target, weight, resolve, reject })
        // The rest of this turn of the event loop may still join the batch.
        if (workers < WORKERS) queueMicrotask(pump)
      }),
    idle: () =>
      new Promise((resolve) => {
        if (workers === 0 && waiting.length === 0) resolve()
        else idlers.push(resolve)
      }),
    size: () => waiting.length,
  }
}

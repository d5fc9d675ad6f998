import type { Logger } from 'pino'
import type { Clock } from '../clock.ts'
import { isUnavailable, type Db } from '../database/open.ts'
import type { Executor } from '../execute/index.ts'
import { dueCampaigns, nextDue } from './due.ts'

export type Scheduler = {
  /** Settles everything that is due now, in all campaigns; resolves when it is done. */
  catchUp: () => Promise<void>
  start: () => void
  stop: () => Promise<void>
}

// Another server may arm an earlier deadline, or die between a commit and what follows it: look again.
const LOOK_AGAIN = 30_000
const AFTER_TROUBLE = 1_000

/** Wakes up at the next due instant, after each commit that leaves something to do, and every 30 s. */
export function createScheduler(db: Db, executor: Executor, clock: Clock, log: Logger): Scheduler {
  let timer: NodeJS.Timeout | undefined
  let stopped = true

  const catchUp = async (): Promise<void> => {
    const broken = new Map<string, unknown>()
    for (;;) {
      const due = await dueCampaigns(db, clock.now())
      const campaigns = due.filter((campaign) => !broken.has(campaign))
      if (campaigns.length === 0) break
      for (const campaign of campaigns) {
        try {
          await executor.settle(campaign)
        } catch (error) {
          // One campaign in trouble must not keep the others waiting.
          if (isUnavailable(error)) throw error
          broken.set(campaign, error)
        }
      }
    }
    const [first] = broken
    if (first) throw new Error(`campaign ${first[0]} could not be settled`, { cause: first[1] })
  }

  const look = async (): Promise<void> => {
    clearTimeout(timer)
    let wait = LOOK_AGAIN
    try {
      await catchUp()
      const due = await nextDue(db)
      if (due) wait = Math.min(LOOK_AGAIN, Math.max(0, Date.parse(due) - Date.parse(clock.now())))
    } catch (error) {
      wait = AFTER_TROUBLE
      if (!isUnavailable(error)) log.error({ err: error }, 'deadlines and messages could not be taken')
    }
    clearTimeout(timer)
    if (!stopped) timer = setTimeout(() => void tracked(), wait)
  }

  // One look at a time; asked for in between, it looks once more when it is done.
  let looking: Promise<void> | undefined
  let lookAgain = false
  const tracked = async (): Promise<void> => {
    if (looking) {
      lookAgain = true
      return looking
    }
    lookAgain = false
    looking = look()
    await looking
    looking = undefined
    if (lookAgain && !stopped) void tracked()
  }

  executor.onCommit(() => {
    if (!stopped) void tracked()
  })

  return {
    catchUp,
    start: () => {
      stopped = false
      void tracked()
    },
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await looking
    },
  }
}

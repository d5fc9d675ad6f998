import { playable } from '../definition.ts'
import { doneWhile, type Watched, type Work } from '../paths/work.ts'
import { wrong, type Given, type Status, type Subcommand } from '../subcommand.ts'
import { numbers } from './numbers.ts'

export const pathsCommand: Subcommand = {
  title: {
    zh: '找出到达每个状态的最短经过',
    en: 'the shortest story that was found to every state',
  },
  usage: '<id|folder> [--units 2] [--looks 300] [--seconds 120] [--json]',
  about: {
    units: {
      zh: '参加的单位数；默认先一个，再两个，再按演示计划',
      en: 'so many units; first one, then two, then the demo plan’s when absent',
    },
    looks: {
      zh: '每次起步最多查看多少个局面（默认 300）',
      en: 'so many looks before it is given up (300)',
    },
    seconds: {
      zh: '最多用多少秒（默认 120）；到时或按 Ctrl+C 时，列出已经找到的',
      en: 'stop after so many seconds (120), or at Ctrl+C, and tell what was found by then',
    },
    json: { zh: '输出 JSON', en: 'print JSON' },
  },
  options: {
    units: { type: 'string' },
    looks: { type: 'string' },
    seconds: { type: 'string' },
    json: { type: 'boolean' },
  },
  positionals: { least: 1, most: 1 },
  run: runPaths,
}

async function runPaths(given: Given): Promise<Status> {
  const asked = numbers(given, ['units', 'looks', 'seconds'])
  if ('bad' in asked) {
    const { bad } = asked
    return wrong(given, { zh: `--${bad} 须为整数`, en: `--${bad} must be a whole number` })
  }
  const found = await playable(given)
  if ('status' in found) return found.status
  // As for `simulate`: it needs the whole catalogue.
  const { searching, pathsText } = await import('../paths/index.ts')
  const { seconds = SECONDS, ...options } = asked.ok
  const { result, stopped } = await watched(given, searching({ entry: found.entry, ...options }), seconds)
  const { io } = given
  io.out(
    given.values['json'] === true
      ? `${JSON.stringify({ ...result, stopped }, null, 2)}\n`
      : pathsText(found.entry, result),
  )
  if (stopped === 'time') {
    io.err(`duban: ${outOfTime[given.locale](seconds)}\n`)
  }
  return 0
}

const SECONDS = 120
const SHOWN_EVERY = 0.2
const outOfTime = {
  zh: (seconds: number) => `${seconds} 秒已到，以上是已找到的；--seconds ${5 * seconds} 可再找久些`,
  en: (seconds: number) =>
    `${seconds} seconds are over; this is what was found by then. --seconds ${5 * seconds} looks longer`,
}

/** Until its time is over or the author has had enough. */
async function watched<Result>(
  { io, locale }: Given,
  work: Work<Result, Watched>,
  seconds: number,
): Promise<{ result: Result; stopped: 'time' | 'interrupt' | null }> {
  const began = performance.now()
  let shown = -SHOWN_EVERY
  let stopped: 'time' | 'interrupt' | null = null
  const leaveOff = io.onInterrupt?.(() => void (stopped = 'interrupt'))
  const goOn = (told: Watched): boolean => {
    const spent = (performance.now() - began) / 1000
    if (spent - shown >= SHOWN_EVERY) {
      shown = spent
      io.progress?.(progressText(told, Math.round(spent), locale))
    }
    if (spent >= seconds) stopped ??= 'time'
    return stopped === null && spent < seconds * told.share
  }
  try {
    return { result: await doneWhile(work, goOn, () => performance.now()), stopped }
  } finally {
    leaveOff?.()
    io.progress?.('')
  }
}

const doings = {
  looking: { zh: '查看', en: 'looking' },
  playing: { zh: '随机演练', en: 'playing at random' },
  shortening: { zh: '精简', en: 'shortening' },
}

function progressText(
  { doing, n, of, found, units, states }: Watched,
  seconds: number,
  locale: Given['locale'],
): string {
  const what = doings[doing][locale]
  return locale === 'zh'
    ? `${seconds} 秒，${units} 个单位，${what} ${n}/${of}，已到达 ${found}/${states} 个状态`
    : `${seconds} s, ${units} unit${units === 1 ? '' : 's'}, ${what} ${n}/${of}; ${found} of ${states} states reached`
}

import { playable } from '../definition.ts'
import { wrong, type Given, type Status, type Subcommand } from '../subcommand.ts'
import { numbers } from './numbers.ts'

export const pathsCommand: Subcommand = {
  title: {
    zh: '找出到达每个状态的最短经过',
    en: 'the shortest story that was found to every state',
  },
  usage: '<id|folder> [--units 2] [--looks 1500] [--json]',
  about: {
    units: {
      zh: '参加的单位数；默认先一个，再两个，再按演示计划',
      en: 'so many units; first one, then two, then the demo plan’s when absent',
    },
    looks: {
      zh: '每次起步最多查看多少个局面（默认 1500）',
      en: 'so many looks before it is given up (1500)',
    },
    json: { zh: '输出 JSON', en: 'print JSON' },
  },
  options: {
    units: { type: 'string' },
    looks: { type: 'string' },
    json: { type: 'boolean' },
  },
  positionals: { least: 1, most: 1 },
  run: runPaths,
}

async function runPaths(given: Given): Promise<Status> {
  const asked = numbers(given, ['units', 'looks'])
  if ('bad' in asked) {
    const { bad } = asked
    return wrong(given, { zh: `--${bad} 须为整数`, en: `--${bad} must be a whole number` })
  }
  const found = await playable(given)
  if ('status' in found) return found.status
  // As for `simulate`: it needs the whole catalogue.
  const { paths, pathsText } = await import('../paths/index.ts')
  const all = paths({ entry: found.entry, ...asked.ok })
  given.io.out(
    given.values['json'] === true
      ? `${JSON.stringify(all, null, 2)}\n`
      : pathsText(found.entry, all),
  )
  return 0
}

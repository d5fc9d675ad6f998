import { playable } from '../definition.ts'
import { wrong, type Given, type Status, type Subcommand } from '../subcommand.ts'
import { numbers } from './numbers.ts'

export const simulateCommand: Subcommand = {
  title: {
    zh: '随机而合法地反复演练一个活动，报告走不通之处和从未到达的状态',
    en: 'play a campaign at random but legally: dead ends, states never reached, laws broken',
  },
  usage: '<id|folder> [--units 200] [--seed 7] [--runs 100] [--days 400] [--json]',
  about: {
    units: {
      zh: '参加的单位数，默认取演示计划的',
      en: 'so many units; the demo plan’s when absent',
    },
    seed: {
      zh: '第一个种子（默认 1）；同一种子重演同一故事',
      en: 'the first seed (1): the same tells the same story',
    },
    runs: {
      zh: '演练次数（默认 1），每次用下一个种子',
      en: 'so many campaigns (1), each with the next seed',
    },
    days: { zh: '启动后多少天为止', en: 'stop each so many days after its start' },
    json: { zh: '输出 JSON', en: 'print JSON' },
  },
  options: {
    units: { type: 'string' },
    seed: { type: 'string' },
    runs: { type: 'string' },
    days: { type: 'string' },
    json: { type: 'boolean' },
  },
  positionals: { least: 1, most: 1 },
  run: runSimulate,
}

async function runSimulate(given: Given): Promise<Status> {
  const asked = numbers(given, ['units', 'seed', 'runs', 'days'])
  if ('bad' in asked) {
    const { bad } = asked
    return wrong(given, { zh: `--${bad} 须为整数`, en: `--${bad} must be a whole number` })
  }
  const found = await playable(given)
  if ('status' in found) return found.status
  // It needs the whole catalogue, which a definition with mistakes keeps from loading; `check` does without.
  const { simulate, simulationText } = await import('../simulate/index.ts')
  const simulation = simulate({ entry: found.entry, ...asked.ok, clock: () => performance.now() })
  given.io.out(given.values['json'] === true ? `${JSON.stringify(simulation, null, 2)}\n` : simulationText(simulation))
  return simulation.ok ? 0 : 1
}

import { oneDefinition } from '../definition.ts'
import { option, wrong, type Given, type Status, type Subcommand } from '../subcommand.ts'

export const play: Subcommand = {
  title: {
    zh: '随机而合法地反复演练一个活动，报告走不通之处和从未到达的状态',
    en: 'play a campaign at random but legally: dead ends, states never reached, laws broken',
  },
  usage: '<id|folder> [--units 20] [--seed 7] [--runs 10] [--days 400] [--json]',
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
      zh: '演练次数（默认 10），每次用下一个种子',
      en: 'so many campaigns (10), each with the next seed',
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
  run: runPlay,
}

async function runPlay(given: Given): Promise<Status> {
  const { values, io } = given
  const names = ['units', 'seed', 'runs', 'days'] as const
  const bad = names.find(
    (name) => values[name] !== undefined && !/^\d{1,9}$/u.test(String(values[name])),
  )
  if (bad !== undefined) {
    return wrong(given, { zh: `--${bad} 须为整数`, en: `--${bad} must be a whole number` })
  }
  const found = await oneDefinition(given)
  if ('status' in found) return found.status
  const { demo, ...entry } = found.entry
  if (!demo) {
    const { name } = entry.definition
    return wrong(given, { zh: `${name} 没有演示计划`, en: `${name} has no demo plan` })
  }
  const numbers = Object.fromEntries(
    names.flatMap((name) => {
      const value = option(given, name)
      return value === undefined ? [] : [[name, Number(value)]]
    }),
  )
  // It needs the whole catalogue, which a definition with mistakes keeps from loading; the others do without.
  const { simulate, simulationText } = await import('../simulate/index.ts')
  const simulation = simulate({
    entry: { ...entry, demo },
    runs: 10,
    ...numbers,
    clock: () => performance.now(),
  })
  io.out(
    values['json'] === true
      ? `${JSON.stringify(simulation, null, 2)}\n`
      : simulationText(simulation),
  )
  return simulation.ok ? 0 : 1
}

import type { Given, Status, Subcommand } from '../subcommand.ts'
export const make: Subcommand = {
  title: { zh: '新建活动定义', en: 'a new definition that already passes its tests' },
  usage: '<id> [--title 防汛物资清查] [--title-en "Flood supplies"] [--into folder]',
  about: {},
  options: {},
  positionals: { least: 1, most: 1 },
  run: async (_: Given): Promise<Status> => 0,
}

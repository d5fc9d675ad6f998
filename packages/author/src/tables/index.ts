import { oneDefinition } from '../definition.ts'
import type { Given, Status, Subcommand } from '../subcommand.ts'
import { tablesOf } from './markdown.ts'

export const tables: Subcommand = {
  title: {
    zh: '输出 README 用的表格：角色、日期、操作、消息和各环节，供粘贴修改',
    en: 'print the tables of a README: roles, dates, commands, messages, states, to paste and edit',
  },
  usage: '<id|folder> [--lang zh|en]',
  about: {},
  options: {},
  positionals: { least: 1, most: 1 },
  run: runTables,
}

async function runTables(given: Given): Promise<Status> {
  const found = await oneDefinition(given)
  if ('status' in found) return found.status
  given.io.out(tablesOf(found.entry.definition, given.locale))
  return 0
}

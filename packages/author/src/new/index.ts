import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { repository, reserved } from '../folders.ts'
import { option, wrong, type Given, type Status, type Subcommand } from '../subcommand.ts'
import { catalogued } from './catalogue.ts'
import { filesOf, nameOf } from './template.ts'

export const make: Subcommand = {
  title: {
    zh: '新建一个活动定义：能载入、能通过测试、能在演示中运行，供修改',
    en: 'a new definition to edit: it loads, passes its tests and runs in the demo as it is',
  },
  usage: '<id> [--title 防汛物资清查] [--title-en "Flood supplies"] [--into folder]',
  about: {
    title: { zh: '中文名称', en: 'its Chinese title' },
    'title-en': { zh: '英文名称', en: 'its English title' },
    into: {
      zh: '写入另一份仓库，默认为本仓库',
      en: 'another copy of the repository; this one when absent',
    },
  },
  options: { title: { type: 'string' }, 'title-en': { type: 'string' }, into: { type: 'string' } },
  positionals: { least: 1, most: 1 },
  run: runNew,
}

async function runNew(given: Given): Promise<Status> {
  const { io, positionals, locale } = given
  const [id = ''] = positionals
  // As defineCampaign asks for; and a word that a constant can be called by.
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/u.test(id) || id.length > 60) {
    return wrong(given, {
      zh: `“${id}”不能作编号：用小写英文单词，以连字符相连，如 flood-supplies`,
      en: `«${id}» is no id: use lower-case words with hyphens, like flood-supplies`,
    })
  }
  const into = option(given, 'into')
  const root = into === undefined ? repository : resolve(io.cwd, into)
  const index = join(root, 'packages/definitions/src/index.ts')
  if (!existsSync(index)) {
    return wrong(given, { zh: `${root} 不是督办的仓库`, en: `${root} is no copy of Duban` })
  }
  const zh = option(given, 'title') ?? titled(id)
  const names = { id, name: nameOf(id), zh, en: option(given, 'title-en') ?? titled(id) }
  const bad = [names.zh, names.en].find((title) => !/^[^'"\\\n`|{}<>_]{1,60}$/u.test(title))
  if (bad !== undefined) {
    return wrong(given, {
      zh: `名称“${bad}”须为 1 至 60 字，不含引号、括号等符号`,
      en: `«${bad}» cannot be a title: 1 to 60 characters, without quotes and brackets`,
    })
  }
  const files = await filesOf(names)
  const taken = files.find(({ path }) => existsSync(join(root, path)))
  if (reserved.includes(id) || existsSync(join(root, 'packages/definitions/src', id)) || taken) {
    return wrong(given, { zh: `“${id}”已经存在`, en: `«${id}» exists already` })
  }
  const entries = catalogued(await readFile(index, 'utf8'), id, names.name)
  if (entries === undefined) {
    return wrong(given, {
      zh: `看不懂 ${index} 中的 catalogue，未作改动`,
      en: `cannot read the catalogue in ${index}; nothing was changed`,
    })
  }
  for (const { path, text } of files) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    // `wx`: never over what somebody else has just written.
    await writeFile(join(root, path), text, { flag: 'wx' })
  }
  await writeFile(index, entries)
  await formatted(root, [...files.map(({ path }) => path).filter(isSource), index])
  io.out(
    next[locale](
      id,
      files.map(({ path }) => path),
    ),
  )
  return 0
}

const isSource = (path: string): boolean => /\.(?:ts|md)$/u.test(path)

/** Long titles break lines elsewhere than in the template. */
async function formatted(root: string, paths: string[]): Promise<void> {
  const oxfmt = join(repository, 'node_modules/oxfmt/bin/oxfmt')
  await promisify(execFile)(process.execPath, [oxfmt, ...paths], { cwd: root, env: {} })
}

/** `flood-supplies` as `Flood supplies`. */
function titled(id: string): string {
  return `${id.slice(0, 1).toUpperCase()}${id.slice(1).replaceAll('-', ' ')}`
}

const listed = (paths: string[]): string => paths.map((path) => `  ${path}\n`).join('')
const next = {
  zh: (id: string, paths: string[]) =>
    `已建立：\n${listed(paths)}并已列入 packages/definitions/src/index.ts。接下来：\n` +
    `  修改 packages/definitions/src/${id}/v1.ts\n  duban check ${id}\n  duban draw ${id} --out ${id}.svg\n` +
    `README 须写明每个角色、日期、操作、消息和每个环节的全路径（测试会查）；duban tables ${id} 可输出这些表格\n`,
  en: (id: string, paths: string[]) =>
    `Made:\n${listed(paths)}and listed in packages/definitions/src/index.ts. Next:\n` +
    `  edit packages/definitions/src/${id}/v1.ts\n  duban check ${id}\n  duban draw ${id} --out ${id}.svg\n` +
    `Its README must name every role, date, command, message and full path of a state (a test asks); duban tables ${id} prints them\n`,
}

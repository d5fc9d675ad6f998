import type { Locale } from '@duban/engine'
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util'
import { check } from './check/index.ts'
import { draw } from './draw/index.ts'
import { make } from './new/index.ts'
import { pathsCommand } from './subcommands/paths.ts'
import { simulateCommand } from './subcommands/simulate.ts'
import { schedule } from './schedule/index.ts'
import { tables } from './tables/index.ts'
import { failed, wrong, type Io, type Status, type Subcommand } from './subcommand.ts'

/** What `duban` can do, in the order in which an author needs it. A new subcommand is a line here. */
export const subcommands: { readonly [name: string]: Subcommand } = {
  new: make,
  check,
  draw,
  schedule,
  simulate: simulateCommand,
  paths: pathsCommand,
  tables,
}

const everywhere: ParseArgsOptionsConfig = {
  lang: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
}

/** One call of `duban`, as typed behind its name. */
export async function run(argv: string[], io: Io): Promise<Status> {
  const [name = '', ...rest] = argv
  const fallback = localeOf(undefined, io.env)
  if (name === '' || name === 'help' || name.startsWith('-')) {
    const { values } = parseArgs({ args: argv, options: everywhere, strict: false })
    io.out(overview(localeOf(values['lang'], io.env)))
    return name === '' || name === 'help' || values['help'] === true ? 0 : 2
  }
  const subcommand = Object.hasOwn(subcommands, name) ? subcommands[name] : undefined
  if (!subcommand) {
    const known = Object.keys(subcommands).join(', ')
    return wrong(
      { io, locale: fallback },
      { zh: `没有子命令“${name}”，有：${known}`, en: `there is no «${name}»; there is ${known}` },
    )
  }
  const parsed = parse(rest, subcommand.options)
  if ('problem' in parsed) {
    const { problem } = parsed
    return wrong({ io, locale: fallback }, { zh: problem, en: problem })
  }
  const { values, positionals } = parsed
  const locale = localeOf(values['lang'], io.env)
  if (values['help'] === true) {
    io.out(manual(name, subcommand, locale))
    return 0
  }
  const { least, most } = subcommand.positionals
  if (positionals.length < least || positionals.length > most) {
    const usage = `duban ${name} ${subcommand.usage}`
    return wrong({ io, locale }, { zh: `用法：${usage}`, en: `usage: ${usage}` })
  }
  try {
    return await subcommand.run({ values, positionals, locale, io })
  } catch (error) {
    return failed({ io, locale }, name, error)
  }
}

type Parsed =
  | { values: { [option: string]: string | boolean | undefined }; positionals: string[] }
  | { problem: string }

function parse(args: string[], options: ParseArgsOptionsConfig): Parsed {
  try {
    const parsed = parseArgs({
      args,
      options: { ...options, ...everywhere },
      allowPositionals: true,
    })
    return parsed as Extract<Parsed, { positionals: string[] }>
  } catch (error) {
    // parseArgs says what it does not know by throwing.
    if (error instanceof TypeError) return { problem: error.message }
    throw error
  }
}

/** `--lang`, else what the terminal speaks: LC_ALL, LC_MESSAGES, LANG, in that order (POSIX). */
function localeOf(asked: unknown, env: Io['env']): Locale {
  const spoken = asked ?? env['LC_ALL'] ?? env['LC_MESSAGES'] ?? env['LANG'] ?? ''
  return typeof spoken === 'string' && spoken.startsWith('zh') ? 'zh' : 'en'
}

function overview(locale: Locale): string {
  const lines = Object.entries(subcommands).map(
    ([name, { title, usage }]) => `  duban ${name} ${usage}\n      ${title[locale]}`,
  )
  const more = {
    zh: '每个子命令都有 --help 和 --lang zh|en。指南：docs/authoring.md',
    en: 'Each takes --help and --lang zh|en. The guide is docs/authoring.md.',
  }
  return `${lines.join('\n')}\n\n${more[locale]}\n`
}

function manual(name: string, { title, usage, about }: Subcommand, locale: Locale): string {
  const lines = Object.entries(about).map(([option, told]) => `  --${option.padEnd(10)} ${told[locale]}`)
  return `duban ${name} ${usage}\n\n${title[locale]}\n${lines.length > 0 ? `\n${lines.join('\n')}\n` : ''}`
}

import type { Locale, Text } from '@duban/engine'
import type { ParseArgsOptionsConfig } from 'node:util'

/** What a subcommand may touch of the world beside files. `cwd` is where the author stands, for paths. */
export type Io = {
  out: (text: string) => void
  err: (text: string) => void
  env: { readonly [name: string]: string | undefined }
  cwd: string
  /** Where somebody watches: a line that is written over by the next. Absent where nobody does. */
  progress?: (line: string) => void
  /** Calls back when the author interrupts (SIGINT), instead of dying; returns how to leave that off. */
  onInterrupt?: (interrupted: () => void) => () => void
}

/** What was typed, checked against the subcommand's options. */
export type Given = {
  positionals: string[]
  values: { readonly [option: string]: string | boolean | undefined }
  locale: Locale
  io: Io
}

/** 0: done. 1: done, and something is wrong with what was looked at. 2: not understood, nothing done. */
export type Status = 0 | 1 | 2

export type Subcommand = {
  title: Text
  /** As it is typed, without `duban` and its own name. */
  usage: string
  /** What each option is for, in the order of `options`. */
  about: { readonly [option: string]: Text }
  options: ParseArgsOptionsConfig
  positionals: { least: number; most: number }
  run: (given: Given) => Promise<Status>
}

/** Says what is wrong with what was typed. */
export function wrong({ io, locale }: Pick<Given, 'io' | 'locale'>, { zh, en }: Text): Status {
  io.err(`duban: ${locale === 'zh' ? zh : en}\n`)
  return 2
}

/** The value of an option that takes one. */
export function option({ values }: Given, name: string): string | undefined {
  const value = values[name]
  return typeof value === 'string' ? value : undefined
}

const MOST_LINES = 12

/**
 * A mistake of this command or of a piece that it uses is told in a few lines. Left to itself, Node prints the line of
 * the source, and some pieces are one line of half a megabyte.
 */
export function failed(at: Pick<Given, 'io' | 'locale'>, name: string, error: unknown): Status {
  const told = error instanceof Error ? (error.stack ?? error.message) : String(error)
  const lines = told.split('\n').slice(0, MOST_LINES)
  const short = lines.map((line) => (line.length > 300 ? `${line.slice(0, 300)} …` : line))
  return wrong(at, {
    zh: `${name} 自身出错，请报告：\n${short.join('\n')}`,
    en: `${name} failed, which is a mistake of its own; please report it:\n${short.join('\n')}`,
  })
}

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { dirname } from 'node:path'
import type { Test } from 'tap'
import { root } from './demo.ts'

export type Block = { language: string; text: string }

/** The fenced blocks of a Markdown text, in order. */
export function blocksOf(markdown: string): Block[] {
  return [...markdown.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gmu)].map(([, language = '', text = '']) => ({
    language,
    text,
  }))
}

/** One shell, as a reader has it open: variables and functions of a block are there in the next. */
export function openShell(t: Test, env: { [name: string]: string }): (block: string) => Promise<string> {
  const shell = spawn('sh', ['-eu'], {
    cwd: root,
    env: { ...process.env, ...env, PATH: `${dirname(process.execPath)}:${process.env['PATH']}` },
  })
  const exited = once(shell, 'exit')
  t.teardown(async () => {
    shell.stdin.end()
    await exited
  })
  let said = ''
  let heard: (() => void) | undefined
  for (const stream of [shell.stdout, shell.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk
      heard?.()
    })
  }
  let count = 0
  return async (block) => {
    const end = `--- end of block ${(count += 1)}`
    said = ''
    await new Promise<void>((resolve, reject) => {
      heard = () => said.includes(end) && resolve()
      void exited.then(() => reject(new Error(`the shell gave up in:\n${block}\n${said}`)))
      shell.stdin.write(`${block}\necho '${end}'\n`)
    })
    return said.slice(0, said.indexOf(end))
  }
}

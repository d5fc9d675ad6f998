import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Test } from 'tap'

export const root = new URL('../', import.meta.url).pathname

export type Demo = {
  url: string
  stop: () => Promise<void>
  /** As a power cut would: no goodbye. */
  kill: () => Promise<void>
}

/** A demo server as `pnpm start` runs it: the real process, on a free port unless one is given. */
export async function startDemo(t: Test, env: { [name: string]: string }, ...args: string[]): Promise<Demo> {
  const child = spawn(process.execPath, ['packages/server/src/main.ts', '--demo', ...args], {
    cwd: root,
    env: { ...process.env, PORT: '0', LOG_LEVEL: 'silent', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exited = once(child, 'exit')
  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    child.kill(signal)
    await exited
  }
  const stop = (): Promise<void> => end('SIGTERM')
  t.teardown(stop)
  let said = ''
  const url = await new Promise<string>((resolve, reject) => {
    const hear = (chunk: string): void => {
      said += chunk
      const address = /is at (http:\S+)/u.exec(said)?.[1]
      if (address) resolve(address)
    }
    child.stdout.setEncoding('utf8').on('data', hear)
    child.stderr.setEncoding('utf8').on('data', hear)
    void exited.then(() => reject(new Error(`the server did not start:\n${said}`)))
  })
  return { url, stop, kill: () => end('SIGKILL') }
}

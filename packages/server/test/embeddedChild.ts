import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'

// Run by `node -e`, so that it can be killed like a server.
const program = (call: string): string => `
  const { startEmbedded, startThrowaway } =
    await import(${JSON.stringify(new URL('../src/database/embedded/index.ts', import.meta.url).href)})
  try {
    const { url } = await ${call}
    console.log(url)
    setInterval(() => {}, 1000)
  } catch (error) {
    console.error(error.code + ': ' + error.message)
    process.exitCode = 1
  }`

export type Server = { process: ChildProcess; url: string }

/** Starts it in a process of its own; rejects with `code: message` of what its start threw. */
export async function startInChild(call: string, uid?: number): Promise<Server> {
  const child = launchChild(call, uid)
  let said = ''
  child.stderr!.on('data', (chunk: Buffer) => (said += chunk.toString()))
  return new Promise((resolve, reject) => {
    child.stdout!.once('data', (chunk: Buffer) => resolve({ process: child, url: chunk.toString().trim() }))
    child.once('close', () => reject(new Error(said)))
  })
}

/** The same without waiting for it. */
export function launchChild(call: string, uid?: number): ChildProcess {
  return spawn(process.execPath, ['--input-type=module', '-e', program(call)], {
    cwd: '/',
    env: {}, // tap's own must not follow into another user's process
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  })
}

/** As the power fails: no handler runs. */
export async function kill(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await gone
}

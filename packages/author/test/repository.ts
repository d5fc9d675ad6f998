import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative } from 'node:path'
import type { Test } from 'tap'
import { repository } from '../src/folders.ts'

const left = new Set(['.git', '.tap', '.cache', 'dist'])

/**
 * A copy of the repository to write into, gone with the test. Links between its packages lead into the copy;
 * what was installed is shared.
 */
export async function copyOfRepository(t: Test): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'duban-copy-'))
  t.teardown(() => rm(copy, { recursive: true, force: true }))
  await cp(repository, copy, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !['node_modules', 'data'].includes(relative(repository, path)) && !left.has(basename(path)),
  })
  await symlink(join(repository, 'node_modules'), join(copy, 'node_modules'))
  return copy
}

/** The server of a copy in demo mode, on a free port and on data of its own; its address. */
export async function startDemoIn(t: Test, copy: string): Promise<string> {
  const data = await mkdtemp(join(tmpdir(), 'duban-new-'))
  const child = spawn(process.execPath, ['packages/server/src/main.ts', '--demo'], {
    cwd: copy,
    env: {
      ...process.env,
      PATH: `${dirname(process.execPath)}:${process.env['PATH']}`,
      PORT: '0',
      LOG_LEVEL: 'silent',
      NODE_OPTIONS: '',
      DATA_DIR: data,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exited = once(child, 'exit')
  t.teardown(async () => {
    child.kill('SIGTERM')
    await exited
    await rm(data, { recursive: true, force: true })
  })
  let said = ''
  return new Promise<string>((resolve, reject) => {
    const hear = (chunk: string): void => {
      said += chunk
      const url = /is at (?<url>http:\S+)/u.exec(said)?.groups?.['url']
      if (url !== undefined) resolve(url)
    }
    child.stdout.setEncoding('utf8').on('data', hear)
    child.stderr.setEncoding('utf8').on('data', hear)
    void exited.then(() => reject(new Error(`the server did not start:\n${said}`)))
  })
}

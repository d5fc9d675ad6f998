import type { Logger } from 'pino'
import type { Test } from 'tap'
import { createLog } from '../../packages/server/src/log.ts'
import { whole } from '../drill.ts'
import type { Answer, TestServer } from '../harness.ts'

export type Line = { level: number; reqId?: string; msg: string; err?: unknown; code?: string }

/** A logger that writes into a list. */
export function recordedLog(): { log: Logger; lines: Line[] } {
  const lines: Line[] = []
  const log = createLog('info', { write: (line) => void lines.push(JSON.parse(line)) })
  return { log, lines }
}

export type Refusal = { status: number; code: string; rule?: string }

/**
 * What every refusal must be, in both languages: problem+json with its stable code and a title, without a
 * stack; nothing is changed; one line in the log.
 */
export async function refusedWell(
  t: Test,
  server: TestServer,
  lines: Line[],
  what: string,
  send: (headers: { [name: string]: string }) => Promise<Answer>,
  expected: Refusal,
): Promise<void> {
  const before = await whole(server.db)
  const titles: string[] = []
  for (const language of ['zh-CN', 'en']) {
    lines.length = 0
    const { headers, json, status, text } = await send({ 'accept-language': language })
    const where = `${what} (${language})`
    t.equal(status, expected.status, `${where}: ${text.slice(0, 300)}`)
    t.match(headers['content-type'], /^application\/problem\+json/u, where)
    t.match(json, { ...expected, type: `urn:duban:problem:${expected.code}` }, where)
    t.notMatch(text, /\.ts:|node_modules|\\n +at |\bSELECT\b|Error:/u, `${where}: no stack`)
    t.equal(lines.length, 1, `${where}: logged once: ${JSON.stringify(lines)}`)
    t.equal(lines[0]?.level, expected.status >= 500 ? 40 : 30, `${where}: not as an error`)
    titles.push(json?.title)
  }
  t.match(titles[0], /\p{Script=Han}/u, `${what}: a title in Chinese`)
  t.match(titles[1], /^[\x20-\x7e’«»–]+$/u, `${what}: a title in English`)
  t.same(await whole(server.db), before, `${what}: nothing changed`)
}

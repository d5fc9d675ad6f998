import t from 'tap'
import { bench } from './bench.ts'
import type { Refusal } from './recorded.ts'

const malformed = { status: 400, code: 'malformed_body' }

const filled = (length: number) => {
  const body = { command: 'report.late', payload: { findings: [], note: '' } }
  const rest = length - JSON.stringify(body).length
  return JSON.stringify({ ...body, payload: { findings: [], note: 'x'.repeat(rest) } })
}

void t.test('bodies that are no JSON, or too much of it', async (t) => {
  const { u3, finding, check } = await bench(t)
  const post = (what: string, expected: Refusal, body: unknown, headers = {}) =>
    check(what, expected, ['of-u3', 'POST', `${u3}/commands`, body, headers])
  await post('half a body', malformed, '{"command": "report.late", "payl')
  await post('text', malformed, 'report.late')
  await post('an empty body', malformed, '')
  await post('__proto__', malformed, '{"command":"report.late","payload":{"findings":[],"__proto__":{"note":"x"}}}')
  await post(
    'constructor.prototype',
    malformed,
    '{"command":"report.late","payload":{"constructor":{"prototype":{"x":1}}}}',
  )
  await post('form', { status: 415, code: 'unsupported_media_type' }, 'command=report.late', {
    'content-type': 'application/x-www-form-urlencoded',
  })
  await post('plain text', { status: 415, code: 'unsupported_media_type' }, '{}', {
    'content-type': 'text/plain',
  })
  await post('an unreadable type', { status: 415, code: 'unsupported_media_type' }, '{}', {
    'content-type': 'json',
  })
  await post('1 MiB and a byte', { status: 413, code: 'body_too_large' }, filled(1_048_577))
  await post('1 MiB', { status: 422, code: 'invalid_payload' }, filled(1_048_576))
  for (const depth of [200, 5_000, 200_000]) {
    const deep = '['.repeat(depth) + ']'.repeat(depth)
    await check(`nested ${depth} deep`, malformed, [
      'of-u1',
      'POST',
      `${finding}/commands`,
      `{"command":"finding.break","payload":{"anything":${deep}}}`,
      { 'idempotency-key': `deep${depth}` },
    ])
  }
})

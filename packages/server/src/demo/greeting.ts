import { demoBureau } from '@duban/definitions'

/** What `start` prints: where it is, who can sign in, what to try. */
export function greeting(url: string): string {
  const people = demoBureau.people.map(({ id, name, unit, builtIn, duties }) => {
    const duty = [...builtIn, ...new Set(duties.map(({ role }) => role))].join(', ')
    return `    ${id.padEnd(18)} ${name.padEnd(6, '\u3000')} ${unit.padEnd(24)} ${duty}`
  })
  return `
  Duban (督办) is at ${url}
  Reference:         ${url}/docs
  Demo mode: anybody may sign in as anybody, and the clock can be set.

  Who can sign in:
${people.join('\n')}

  Three things to try:
    1. curl -s ${url}/api/demo/people
    2. curl -s -X PUT ${url}/api/demo/clock -H 'content-type: application/json' -d '{"now":"2026-04-01T09:00:00+08:00"}'
    3. curl -s -X POST ${url}/api/demo/sign-in -H 'content-type: application/json' -d '{"person":"${demoBureau.people[0]?.id ?? ''}"}'
  The README plays a whole campaign this way. Ctrl-C stops it; ./data keeps everything.

`
}

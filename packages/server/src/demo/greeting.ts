import { catalogue, demoOrganisation } from '@duban/definitions'

/** What `start` prints: where it is, who can sign in, what to try. `kept` is where it keeps what it is told. */
export function greeting(url: string, kept: string): string {
  const units = new Map(demoOrganisation.units.map(({ id, title }) => [id, title.zh]))
  const people = demoOrganisation.people.map(({ id, name, unit, builtIn }) =>
    `    ${id.padEnd(15)} ${name.padEnd(4, '\u3000')} ${units.get(unit)} ${builtIn.join(', ')}`.trimEnd(),
  )
  const campaigns = catalogue.map(
    ({ definition: { id, title }, demo: { organiser } }) => `    ${id.padEnd(25)} ${organiser.padEnd(15)} ${title.zh}`,
  )
  return `
  Duban (督办) is at ${url}
  Reference:         ${url}/docs
  Demo mode: anybody may sign in as anybody, and the clock can be set.

  Who can sign in:
${people.join('\n')}

  What can be started, and by whom:
${campaigns.join('\n')}

  Three things to try:
    1. curl -s ${url}/api/demo/people
    2. curl -s -X PUT ${url}/api/demo/clock -H 'content-type: application/json' -d '{"now":"2026-04-01T09:00:00+08:00"}'
    3. curl -s -X POST ${url}/api/demo/sign-in -H 'content-type: application/json' -d '{"person":"${catalogue[0]?.demo.organiser ?? ''}"}'
  GET /api/demo/plans has a plan to start for each campaign. The README plays one whole. Ctrl-C stops the
  server; ${kept} keeps everything.

`
}

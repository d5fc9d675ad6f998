import t from 'tap'
import { signIn, setClock, type Instance, type Person } from '../../examples/client.ts'
import { bureauDatabase, bureauPlan } from '../harness.ts'
import { startDemo, type Demo } from '../demo.ts'

// Three chunks of openings, some of them open when the server dies; a thousand offices by `pnpm test:long`.
const SUBMISSIONS = Number(process.env['SUBMISSIONS'] ?? 300)
const report = {
  areas: {
    implementation: 'checked',
    decisions: 'checked',
    enforcement: 'checked',
    remedies: 'checked',
    disclosure: 'checked',
    other: 'checked',
  },
  risks: [],
  summary: '逐项自查。',
}

type Answer = { status: number; hash?: string }

/** Submits one unit's report; a connection that breaks is no answer. */
async function submit(demo: Demo, token: string, campaign: string, instance: string): Promise<Answer | undefined> {
  try {
    const response = await fetch(`${demo.url}/api/campaigns/${campaign}/instances/${instance}/commands`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': `report-${instance}`,
      },
      body: JSON.stringify({ command: 'report.submit', payload: report }),
    })
    const body = (await response.json()) as { transition?: { hash: string } }
    return { status: response.status, ...(body.transition && { hash: body.transition.hash }) }
  } catch {
    return undefined
  }
}

async function tokenOf(demo: Demo, person: string): Promise<string> {
  const response = await fetch(`${demo.url}/api/demo/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ person }),
  })
  return ((await response.json()) as { token: string }).token
}

async function unitsOf(auditor: Person, campaign: string): Promise<Instance[]> {
  const all: Instance[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const page: { items: Instance[]; next: string | null } = await auditor.get(
      `/api/campaigns/${campaign}/instances?kind=unit&limit=500${cursor && `&cursor=${cursor}`}`,
    )
    all.push(...page.items)
    cursor = page.next
  }
  return all
}

/** A campaign of so many offices, its scheme approved; the offices may still be opening. */
async function startCampaign(demo: Demo): Promise<string> {
  await setClock(demo.url, '2026-04-01T09:00:00+08:00')
  const token = await tokenOf(demo, 'he-zhengming')
  const ids = Array.from({ length: SUBMISSIONS }, (_, n) => `office-${n}`)
  await fetch(`${demo.url}/api/units`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      units: ids.map((id) => ({ id, title: { zh: id, en: id }, parent: 'county' })),
    }),
  })
  const { assignments } = bureauPlan() as { assignments: { unit?: string }[] }
  const organiser = await signIn(demo.url, 'lin-shuwen')
  const { id } = await organiser.start({
    ...bureauPlan(),
    units: ids,
    assignments: [
      ...assignments.filter(({ unit }) => unit === undefined),
      { role: 'reporter', person: 'chen-siyu', unit: 'county' },
    ],
  })
  const root = { campaign: id, instance: id }
  const office = await signIn(demo.url, 'sun-lihua')
  await office.do(root, 'scheme.submit', { title: '方案', text: '方案' })
  const lead = await signIn(demo.url, 'wang-jianguo')
  await lead.do(root, 'scheme.approve', {})
  return id
}

async function verdict(
  demo: Demo,
  campaign: string,
): Promise<{ ok: boolean; findings: unknown[]; transitions: number }> {
  return (await signIn(demo.url, 'shao-jingyuan')).get(`/api/campaigns/${campaign}/verify`)
}

void t.test(
  `kill -9 in the middle of the opening of ${SUBMISSIONS} offices and of their ${SUBMISSIONS} concurrent reports: each exactly once`,
  async (t) => {
    const { url } = await bureauDatabase(t)
    const env = { DATABASE_URL: url }

    const first = await startDemo(t, env)
    const campaign = await startCampaign(first)
    // The offices are still being opened, a chunk at a time.
    await first.kill()

    const second = await startDemo(t, env)
    const auditor = await signIn(second.url, 'shao-jingyuan')
    const units = await unitsOf(auditor, campaign)
    t.equal(new Set(units.map(({ unit }) => unit)).size, SUBMISSIONS, 'each office is open')
    t.equal(units.length, SUBMISSIONS, 'once')

    const token = await tokenOf(second, 'chen-siyu')
    const answers = new Map<string, Answer>()
    let killed: Promise<void> | undefined
    await Promise.all(
      units.map(async ({ id }) => {
        const answer = await submit(second, token, campaign, id)
        if (answer) answers.set(id, answer)
        if (answers.size >= SUBMISSIONS / 4) killed ??= second.kill()
      }),
    )
    await killed
    t.ok(answers.size < SUBMISSIONS, `the server died after ${answers.size} answers`)
    t.ok(
      [...answers.values()].every(({ status }) => status === 200),
      'each of which was a yes',
    )

    const third = await startDemo(t, env)
    const again = new Map<string, Answer | undefined>()
    await Promise.all(units.map(async ({ id }) => void again.set(id, await submit(third, token, campaign, id))))
    t.ok(
      [...again.values()].every((answer) => answer?.status === 200),
      'every retry is answered with yes',
    )
    t.same(
      [...answers].filter(([id, { hash }]) => again.get(id)?.hash !== hash),
      [],
      'with the first answer, where there had been one',
    )
    const after = await unitsOf(await signIn(third.url, 'shao-jingyuan'), campaign)
    t.same(
      after.filter(({ version }) => version !== 2),
      [],
      'each office has two transitions: opened, reported',
    )
    t.match(await verdict(third, campaign), { ok: true, findings: [] })
  },
)

import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import t, { type Test } from 'tap'
import { repository } from '../src/folders.ts'
import { duban } from './duban.ts'

/** A folder with these files in it, inside the workspace so that imports resolve, and ignored by git. */
async function folder(t: Test, files: { [name: string]: string }): Promise<string> {
  const base = join(repository, 'packages/author/.tap')
  await mkdir(base, { recursive: true })
  const made = await mkdtemp(join(base, 'check-'))
  t.teardown(() => rm(made, { recursive: true, force: true }))
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(made, name)), { recursive: true })
    await writeFile(join(made, name), text)
  }
  return made
}

const whole = (date: string, target = 'done'): string => `
import { defineCampaign } from '@duban/engine'
import { z } from 'zod'
export const small = defineCampaign({
  id: 'small', version: 1,
  title: { zh: '小活动', en: 'Small' },
  roles: { office: { title: { zh: '办公室', en: 'Office' }, scope: 'campaign' } },
  dates: { due: { title: { zh: '截止', en: 'Due' }, due: '${date}' } },
  commands: {
    'report.submit': {
      title: { zh: '报送', en: 'Report' }, by: ['office'], payload: z.strictObject({}), until: 'due',
    },
  },
  machines: ({ machine }) => ({
    campaign: machine().createMachine({
      meta: { title: { zh: '小活动', en: 'Small' } },
      initial: 'open',
      states: {
        open: {
          meta: { title: { zh: '进行中', en: 'Open' } },
          on: { 'report.submit': '${target}' },
          after: { due: 'done' },
        },
        done: { meta: { title: { zh: '结束', en: 'Done' } }, type: 'final' },
      },
    }),
  }),
})
`
const entry = `
import { small } from './v1.ts'
export const entry = {
  definition: small,
  demo: {
    title: '2026年小活动', startsOn: '2026-04-01', organiser: 'lin-shuwen', units: ['county-finance'],
    duties: [{ person: 'sun-lihua', role: 'office' }],
  },
}
`

void t.test('every definition that is offered is in order', async (t) => {
  const { status, out } = await duban(['check'])
  t.equal(status, 0, out)
  t.match(out, /legal-health-check@1 法律体检 \(2026-04-01 启动，9 个单位，19 人任职\)/u)
})

void t.test('mistakes are listed with path and reason, without hiding other definitions', async (t) => {
  const broken = await folder(t, { 'v1.ts': whole('04 soon', 'nowhere'), 'index.ts': entry })
  const { status, out } = await duban(['check', broken])
  t.equal(status, 1)
  t.match(out, /错误 {2}dates\.due\.due +cannot read the rule «04 soon»/u)
  t.match(out, /错误 {2}machines\.campaign\.open\.on\.report\.submit +there is no state «nowhere»/u)
  t.match(out, /\n {2}2 条错误\n/u)
  const json = JSON.parse((await duban(['check', broken, '--json'])).out)
  t.match(json, [{ problems: [{ path: 'dates.due.due' }, {}], findings: [] }])
})

void t.test('dates that contradict the start day are errors of the plan', async (t) => {
  const early = await folder(t, { 'v1.ts': whole('03-20'), 'index.ts': entry })
  const said = await duban(['check', early])
  t.match(said, { status: 1, out: /错误 {2}dates\.due\.due {2}2026-03-20 早于启动日 2026-04-01/u })
  t.match(await duban(['check', early, '--start', '2026-03-01']), { status: 0 })
  t.match(await duban(['check', early, '--start', 'tomorrow']), { status: 2, err: /不是日期/u })
})

void t.test('the plan is linted: the demo’s, or one of the author’s', async (t) => {
  const made = await folder(t, {
    'v1.ts': whole('04-18'),
    'index.ts': entry,
    'plan.json': JSON.stringify({
      title: '试办',
      startsOn: '2026-04-02',
      units: ['county-finance'],
    }),
    'strange.json': JSON.stringify({ title: '试办', startsOn: '2026-04-02', units: ['moon'] }),
    'bad.json': JSON.stringify({ title: '试办', startsOn: '2026-02-30', units: [] }),
    'own.json': JSON.stringify({
      units: [{ id: 'moon', title: { zh: '月', en: 'Moon' }, parent: null }],
      people: [],
    }),
  })
  const demo = await duban(['check', made])
  t.equal(demo.status, 0, 'hints are no failure')
  t.match(demo.out, /提示 {2}dates\.due {2}“截止”2026-04-18 是周末/u)
  const plan = await duban(['check', made, '--plan', join(made, 'plan.json')])
  t.equal(plan.status, 1)
  t.match(plan.out, /\(2026-04-02 启动，1 个单位，0 人任职\)/u)
  t.match(plan.out, /警告 {2}assignments\.office +无人担任“办公室”/u)
  t.match(await duban(['check', 'strange.json', '--plan', 'strange.json'], { cwd: made }), {
    status: 2,
    err: /没有定义/u,
  })
  const strange = ['check', made, '--plan', join(made, 'strange.json')]
  t.match(await duban(strange), { status: 1, out: /组织中没有：moon/u })
  t.match(await duban([...strange, '--organisation', join(made, 'own.json')]), {
    status: 1,
    out: /无人担任/u,
  })
  t.match(await duban(['check', made, '--plan', join(made, 'bad.json')]), {
    status: 2,
    err: /startsOn/u,
  })
  t.match(await duban(['check', made, '--plan', join(made, 'none.json')]), {
    status: 2,
    err: /none\.json/u,
  })
  const json = JSON.parse((await duban(['check', made, '--json'])).out)
  t.match(json, [
    {
      definition: 'small@1',
      startsOn: '2026-04-01',
      problems: [],
      findings: [
        { grade: 'hint', code: 'not_a_workday', path: 'dates.due' },
        { grade: 'info', code: 'no_reminder', path: 'dates.due' },
      ],
    },
  ])
})

void t.test('a folder that is not that far yet is checked too', async (t) => {
  const bare = await folder(t, { 'v1.ts': whole('04-17') })
  t.match(await duban(['check', bare]), { status: 1, out: /无人担任“办公室”/u })
  const empty = await folder(t, { 'index.ts': 'export const nothing = 1\n' })
  t.match(await duban(['check', empty]), { status: 1, out: /no index\.ts that exports/u })
  const wild = await folder(t, {
    'index.ts': "throw new RangeError('rectification: name a role')\n",
  })
  t.match(await duban(['check', wild]), {
    status: 1,
    out: /index\.ts {2}rectification: name a role/u,
  })
})

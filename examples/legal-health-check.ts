// The legal health check (法律体检) of a bureau with nine sections, from its scheme to its summary, over HTTP.
//
//   node examples/legal-health-check.ts [http://127.0.0.1:3000]      (or DUBAN_URL)
//
// The server must be in demo mode: three months pass in a few seconds, because the story sets the clock.
import { readClock, Refused, setClock, signIn, type Person, type Where } from './client.ts'
import * as say from './payloads.ts'

const url = process.argv[2] ?? process.env['DUBAN_URL'] ?? 'http://127.0.0.1:3000'

const sections = {
  'county-office': 'chen-siyu',
  'county-personnel': 'liu-yang',
  'county-finance': 'zhou-min',
  'county-discipline': 'wu-guodong',
  'county-policy': 'zheng-xiaolan',
  'county-corrections': 'feng-lei',
  'county-lawyers': 'han-xue',
  'county-legal-aid': 'yang-fan',
  'county-mediation': 'xu-guihua',
}
type Section = keyof typeof sections

const clockBefore = await readClock(url)
const people = new Map<string, Person>()
const refusals: string[] = []
let now = ''

/** It is that time of the bureau's day; what fell due in between has happened when this returns. */
async function on(time: string): Promise<void> {
  now = time
  await setClock(url, `${time.replace(' ', 'T')}:00+08:00`)
}

async function as(person: string): Promise<Person> {
  const known = people.get(person) ?? (await signIn(url, person))
  people.set(person, known)
  return known
}

/** Expects a refusal with this code, and keeps what the person is told. */
async function refused(code: string, who: string, attempt: Promise<unknown>): Promise<void> {
  const problem = await attempt.then(
    () => undefined,
    (error: unknown) => (error instanceof Refused ? error.problem : Promise.reject(error)),
  )
  if (problem?.code !== code) throw new Error(`expected ${code}, got ${problem?.code ?? 'success'}`)
  refusals.push(`${now}  ${(await as(who)).name}  ${code}  ${problem.title}`)
}

// ── 1 April. 林书文 starts the campaign: nine sections, and who does what in it.
await on('2026-04-01 09:00')
const linShuwen = await as('lin-shuwen')
const role = (name: string, ...persons: string[]): object[] => persons.map((person) => ({ role: name, person }))

const { id: campaign } = await linShuwen.start({
  definition: 'legal-health-check',
  title: '2026年法律体检',
  startsOn: '2026-04-01',
  units: Object.keys(sections),
  assignments: [
    ...role('lead', 'wang-jianguo'),
    ...role('deputy', 'zhao-wenhui'),
    ...role('office', 'sun-lihua', 'qian-zhiyuan'),
    ...role('reviewer', 'gao-yuanhang', 'luo-qing', 'tang-weimin', 'deng-yaqin'),
    ...role('inspector', 'jiang-haifeng', 'shen-moyan'),
    ...role('verifier', 'qian-zhiyuan', 'luo-qing'),
    ...Object.entries(sections).map(([unit, person]) => ({ role: 'reporter', unit, person })),
  ],
})
const root: Where = { campaign, instance: campaign }

/** A person does something, once it is that time. */
async function does(time: string, person: string, command: string, where: Where, payload: object): Promise<void> {
  await on(time)
  await (await as(person)).do(where, command, payload)
}

// ── The scheme (方案): drafted by the office, approved by the lead. Then all sections begin.
await does('2026-04-02 10:00', 'sun-lihua', 'scheme.submit', root, say.scheme)
await does('2026-04-08 15:30', 'wang-jianguo', 'scheme.approve', root, { opinion: '同意。' })

/** Where a section stands, or one line of its health-check sheet (体检报告单). */
async function of(unit: Section, no?: string): Promise<Where> {
  const all = await linShuwen.find(campaign, no === undefined ? 'unit' : 'finding', unit)
  const found = all.find(({ context }) => no === undefined || context['no'] === no)
  if (!found) throw new Error(`${unit} has no ${no ?? 'part in this'}`)
  return { campaign, instance: found.id }
}

// ── Self-check (自查), until 18 April.
const reports: [time: string, unit: Section, risks: say.Risk[]][] = [
  ['2026-04-09 16:10', 'county-office', []],
  ['2026-04-10 09:20', 'county-personnel', [say.archives]],
  ['2026-04-10 11:00', 'county-finance', [say.contracts]],
  ['2026-04-13 10:05', 'county-discipline', []],
  ['2026-04-13 14:40', 'county-policy', []],
  ['2026-04-13 17:15', 'county-corrections', [say.archives]],
  ['2026-04-14 09:30', 'county-lawyers', []],
  ['2026-04-14 16:50', 'county-legal-aid', [say.archives]],
]
await on('2026-04-09 09:00')
for (const [time, unit, risks] of reports) {
  await does(time, sections[unit], 'report.submit', await of(unit), say.report(...risks))
}
// 韩雪 reported nothing; the office does not believe it, and she looks again.
const lawyers = await of('county-lawyers')
await does('2026-04-14 17:20', 'sun-lihua', 'report.return', lawyers, {
  reason: '依申请公开事项未如实填报,请核对台账后重报。',
})
await does('2026-04-16 11:30', 'han-xue', 'report.submit', lawyers, say.report(say.disclosure))

// 许桂花 comes on the 19th. It is a Sunday, and it is too late; what she can do is make up, with a reason.
const mediation = await of('county-mediation')
await on('2026-04-19 09:10')
const xuGuihua = await as('xu-guihua')
const tooLate = xuGuihua.do(mediation, 'report.submit', say.report(say.disclosure))
await refused('late', 'xu-guihua', tooLate)
await does('2026-04-19 09:40', 'xu-guihua', 'report.makeUp', mediation, {
  ...say.report(say.disclosure),
  reason: '下乡调处纠纷,未能按时汇总。',
})
await does('2026-04-20 16:00', 'qian-zhiyuan', 'collation.submit', root, {
  summary: '九个股室均已报送自查报告,其中人民调解与基层股为逾期补报。',
  missing: [],
  documentNo: '县司法〔2026〕12号',
})

// ── Re-check (分片复查), 21 April to 15 May. 唐为民 is of the corrections section and may not judge it.
await on('2026-04-22 09:00')
const tangWeimin = await as('tang-weimin')
const ownSection = await of('county-corrections')
const own = tangWeimin.do(ownSection, 'recheck.record', say.recheck({ confirmed: [say.archives] }))
await refused('recused', 'tang-weimin', own)

const rechecks: [day: string, reviewer: string, unit: Section, verdicts: say.Verdicts][] = [
  ['2026-04-22', 'gao-yuanhang', 'county-office', {}],
  ['2026-04-23', 'gao-yuanhang', 'county-personnel', { confirmed: [say.archives] }],
  ['2026-04-24', 'luo-qing', 'county-finance', { confirmed: [say.contracts] }],
  ['2026-04-27', 'luo-qing', 'county-discipline', {}],
  ['2026-04-28', 'tang-weimin', 'county-policy', {}],
  ['2026-04-29', 'gao-yuanhang', 'county-corrections', { contradicted: [say.archives] }],
  ['2026-05-06', 'tang-weimin', 'county-lawyers', { confirmed: [say.disclosure] }],
  // 杨帆 reported a risk that is none, and not the one that matters.
  ['2026-05-08', 'deng-yaqin', 'county-legal-aid', { contradicted: [say.archives], missed: [say.subsidies] }],
  ['2026-05-12', 'luo-qing', 'county-mediation', { confirmed: [say.disclosure] }],
]
for (const [index, [day, reviewer, unit, verdicts]] of rechecks.entries()) {
  const where = await of(unit)
  await does(`${day} 10:00`, reviewer, 'recheck.record', where, say.recheck(verdicts))
  const sheet = say.sheet(`体检单〔2026〕${index + 1}号`, verdicts)
  await does(`${day} 16:00`, reviewer, 'sheet.issue', where, sheet)
}

// ── Spot check (抽查): the province draws two of nine, and finds one thing more.
await does('2026-05-25 09:30', 'jiang-haifeng', 'spotCheck.draw', root, {
  pool: Object.keys(sections),
  method: '在纪检人员监督下现场摇号',
  units: ['county-finance', 'county-policy'],
})
const finance = await of('county-finance')
const policy = await of('county-policy')
const inspected = { ...say.archives, title: '规范性文件备案材料不全' }
await does('2026-06-03 10:00', 'shen-moyan', 'spotCheck.record', finance, say.inspection())
await does('2026-06-04 10:00', 'shen-moyan', 'spotCheck.record', policy, say.inspection(inspected))

// ── Rectification (整改), 11 to 30 June. Each finding: a plan, a result, somebody else who verifies it.
const findings: [hour: string, unit: Section, no: string][] = [
  ['09', 'county-personnel', 'F1'],
  ['10', 'county-finance', 'F1'],
  ['11', 'county-policy', 'F1'],
  ['14', 'county-lawyers', 'F1'],
  ['15', 'county-legal-aid', 'F2'],
  ['16', 'county-mediation', 'F1'],
]
await on('2026-06-11 08:30')
for (const [hour, unit, no] of findings) {
  const where = await of(unit, no)
  await does(`2026-06-11 ${hour}:00`, sections[unit], 'finding.plan', where, say.plan)
}
for (const [hour, unit, no] of findings) {
  const where = await of(unit, no)
  await does(`2026-06-17 ${hour}:00`, sections[unit], 'finding.rectify', where, say.result)
}
for (const [hour, unit, no] of findings) {
  const where = await of(unit, no)
  if (unit === 'county-finance') {
    await does(`2026-06-22 ${hour}:00`, 'qian-zhiyuan', 'finding.return', where, {
      reason: '第二份合同的审查意见书未附。',
    })
  } else {
    const opinion = { opinion: '查看原件,整改到位,同意销号。' }
    await does(`2026-06-22 ${hour}:00`, 'luo-qing', 'finding.close', where, opinion)
  }
}
const returned = await of('county-finance', 'F1')
await does('2026-06-24 10:00', 'zhou-min', 'finding.rectify', returned, {
  result: '已补附第二份合同的审查意见书。',
})
await does('2026-06-25 10:00', 'qian-zhiyuan', 'finding.close', returned, {
  opinion: '材料齐全,同意销号。',
})

// ── Summary (总结). It must answer for whoever missed a major risk.
await on('2026-06-26 09:00')
const sunLihua = await as('sun-lihua')
await refused('guard_refused', 'sun-lihua', sunLihua.do(root, 'summary.submit', say.summary()))
const answer = { unit: 'county-legal-aid', measure: '约谈负责人,责令书面检查。' }
await does('2026-06-26 15:00', 'sun-lihua', 'summary.submit', root, say.summary(answer))
await does('2026-06-29 10:00', 'wang-jianguo', 'summary.approve', root, { opinion: '同意。' })

// ── What 邵静远, the auditor, sees.
const auditor = await as('shao-jingyuan')
const verdict = await auditor.get<{ ok: boolean; instances: number; transitions: number }>(
  `/api/campaigns/${campaign}/verify`,
)
process.stdout.write(`被拒绝的操作\n${refusals.join('\n')}\n\n`)
process.stdout.write(`过程记录\n${await auditor.transcript(campaign)}\n`)
process.stdout.write(
  `核验:${verdict.ok ? '全部一致' : '有不一致'},${verdict.instances} 个实例,${verdict.transitions} 条记录\n`,
)
await setClock(url, clockBefore.now, clockBefore.running)

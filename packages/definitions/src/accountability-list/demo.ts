import type { DemoPlan } from '../catalogue.ts'

const owners: { [unit: string]: string } = {
  'county-office': 'chen-siyu',
  'county-personnel': 'liu-yang',
  'county-finance': 'zhou-min',
  'county-discipline': 'wu-guodong',
  'county-policy': 'zheng-xiaolan',
  'county-corrections': 'feng-lei',
}

export const demo: DemoPlan = {
  title: '2026年党风廉政建设责任清单',
  startsOn: '2026-02-02',
  organiser: 'lin-shuwen',
  units: Object.keys(owners),
  duties: [
    { person: 'wang-jianguo', role: 'lead' },
    { person: 'sun-lihua', role: 'office' },
    { person: 'qian-zhiyuan', role: 'office' },
    { person: 'zhao-wenhui', role: 'discipline' },
    ...Object.entries(owners).map(([unit, person]) => ({ person, role: 'owner', unit })),
  ],
}

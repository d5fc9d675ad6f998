import type { DemoPlan } from '../catalogue.ts'

const reporters: { [unit: string]: string } = {
  'county-office': 'chen-siyu',
  'county-personnel': 'liu-yang',
  'county-finance': 'zhou-min',
  'county-corrections': 'feng-lei',
  'county-lawyers': 'han-xue',
  'county-legal-aid': 'yang-fan',
}

export const demo: DemoPlan = {
  title: '2026年治庸问责作风整顿',
  startsOn: '2026-04-13',
  organiser: 'lin-shuwen',
  units: Object.keys(reporters),
  duties: [
    { person: 'wang-jianguo', role: 'secretary' },
    { person: 'zhao-wenhui', role: 'branch' },
    { person: 'sun-lihua', role: 'branch' },
    { person: 'qian-zhiyuan', role: 'leadingOffice' },
    ...Object.entries(reporters).map(([unit, person]) => ({ person, role: 'reporter', unit })),
    { person: 'gao-yuanhang', role: 'evaluator' },
    { person: 'luo-qing', role: 'evaluator' },
    // Of a section: does not review the own one.
    { person: 'tang-weimin', role: 'evaluator' },
  ],
}

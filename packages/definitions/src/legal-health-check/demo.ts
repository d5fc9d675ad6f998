import type { DemoPlan } from '../catalogue.ts'

const reporters: { [unit: string]: string } = {
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

export const demo: DemoPlan = {
  title: '2026年法律体检',
  startsOn: '2026-04-01',
  organiser: 'lin-shuwen',
  units: Object.keys(reporters),
  duties: [
    { person: 'wang-jianguo', role: 'lead' },
    { person: 'zhao-wenhui', role: 'deputy' },
    { person: 'sun-lihua', role: 'office' },
    { person: 'sun-lihua', role: 'verifier' },
    { person: 'qian-zhiyuan', role: 'office' },
    { person: 'qian-zhiyuan', role: 'verifier' },
    ...Object.entries(reporters).map(([unit, person]) => ({ person, role: 'reporter', unit })),
    { person: 'gao-yuanhang', role: 'reviewer' },
    { person: 'luo-qing', role: 'reviewer' },
    { person: 'luo-qing', role: 'verifier' },
    // Borrowed from sections: each must stay away from the own one.
    { person: 'tang-weimin', role: 'reviewer' },
    { person: 'deng-yaqin', role: 'reviewer' },
    { person: 'jiang-haifeng', role: 'inspector' },
    { person: 'shen-moyan', role: 'inspector' },
  ],
}

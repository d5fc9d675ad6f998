import type { DemoPlan } from '../catalogue.ts'

const heads: { [unit: string]: string } = {
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
  title: '2026年领导班子履职尽责考核',
  // Before the reports of 10 January.
  startsOn: '2026-01-02',
  organiser: 'lin-shuwen',
  units: Object.keys(heads),
  duties: [
    { person: 'wang-jianguo', role: 'committee' },
    { person: 'zhao-wenhui', role: 'committee' },
    { person: 'sun-lihua', role: 'office' },
    { person: 'qian-zhiyuan', role: 'office' },
    { person: 'gao-yuanhang', role: 'panel' },
    { person: 'luo-qing', role: 'panel' },
    // Borrowed from sections: each must stay away from the own one.
    { person: 'tang-weimin', role: 'panel' },
    { person: 'deng-yaqin', role: 'panel' },
    ...Object.entries(heads).map(([unit, person]) => ({ person, role: 'head', unit })),
  ],
}

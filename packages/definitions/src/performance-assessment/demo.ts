import type { DemoPlan } from '../catalogue.ts'

const heads: { [unit: string]: string } = {
  'gov-housing': 'zhong-yuan',
  'gov-transport': 'cai-ning',
  'gov-education': 'fu-ya',
  'gov-water': 'jin-bo',
}

export const demo: DemoPlan = {
  title: '2026年度绩效管理考核',
  startsOn: '2026-01-05',
  organiser: 'xie-tao',
  units: Object.keys(heads),
  duties: [
    { person: 'xu-zheng', role: 'lead' },
    { person: 'dong-mei', role: 'lead' },
    { person: 'guo-lin', role: 'office' },
    { person: 'peng-fei', role: 'office' },
    { person: 'peng-fei', role: 'visitor' },
    ...Object.entries(heads).map(([unit, person]) => ({ person, role: 'head', unit })),
  ],
}

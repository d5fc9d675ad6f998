import type { DemoPlan } from '../catalogue.ts'

const departments: { [unit: string]: string } = {
  'gov-housing': 'zhong-yuan',
  'gov-transport': 'cai-ning',
  'gov-education': 'fu-ya',
  'gov-water': 'jin-bo',
}

export const demo: DemoPlan = {
  title: '2026年闭会期间代表建议办理',
  startsOn: '2026-09-01',
  organiser: 'fang-wenbin',
  units: Object.keys(departments),
  duties: [
    { person: 'fang-wenbin', role: 'chair' },
    { person: 'pan-li', role: 'works' },
    { person: 'cao-rui', role: 'works' },
    ...['lu-ming', 'jiang-xue', 'wei-qiang', 'shen-lan'].map((person) => ({
      person,
      role: 'deputy',
    })),
    { person: 'xu-zheng', role: 'leader' },
    { person: 'dong-mei', role: 'leader' },
    ...Object.entries(departments).map(([unit, person]) => ({ person, role: 'handler', unit })),
  ],
}

import type { DemoPlan } from '../catalogue.ts'

const departments: { [unit: string]: string } = {
  'gov-housing': 'zhong-yuan',
  'gov-transport': 'cai-ning',
  'gov-education': 'fu-ya',
  'gov-water': 'jin-bo',
}

export const demo: DemoPlan = {
  title: '2026年审议意见办理',
  startsOn: '2026-03-02',
  organiser: 'fang-wenbin',
  units: Object.keys(departments),
  duties: [
    ...['du-heng', 'ren-yi', 'lu-ming', 'jiang-xue', 'wei-qiang'].map((person) => ({
      person,
      role: 'member',
    })),
    { person: 'fang-wenbin', role: 'chair' },
    { person: 'fang-wenbin', role: 'chairs' },
    { person: 'du-heng', role: 'chairs' },
    { person: 'meng-jie', role: 'director' },
    { person: 'pan-li', role: 'secretary' },
    { person: 'cao-rui', role: 'responsible' },
    ...Object.entries(departments).map(([unit, person]) => ({ person, role: 'department', unit })),
  ],
}

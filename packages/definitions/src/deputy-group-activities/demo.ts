import type { DemoPlan } from '../catalogue.ts'

const groups: { [unit: string]: string[] } = {
  'congress-group-1': ['lu-ming', 'jiang-xue'],
  'congress-group-2': ['wei-qiang', 'shen-lan'],
}

export const demo: DemoPlan = {
  title: '2026年代表小组活动',
  startsOn: '2026-03-02',
  organiser: 'fang-wenbin',
  units: Object.keys(groups),
  duties: [
    { person: 'pan-li', role: 'works' },
    ...Object.entries(groups).flatMap(([unit, deputies]) => [
      { person: deputies[0] ?? '', role: 'convener', unit },
      ...deputies.map((person) => ({ person, role: 'deputy', unit })),
    ]),
  ],
}

import type { DemoPlan } from '../catalogue.ts'

const branches: { [unit: string]: string[] } = {
  'county-office': ['chen-siyu', 'qian-zhiyuan'],
  'county-corrections': ['feng-lei', 'tang-weimin'],
}

export const demo: DemoPlan = {
  title: '2026年创先争优公开承诺',
  startsOn: '2026-07-01',
  organiser: 'lin-shuwen',
  units: Object.keys(branches),
  duties: [
    { person: 'zhao-wenhui', role: 'committee' },
    { person: 'luo-qing', role: 'masses' },
    ...Object.entries(branches).flatMap(([unit, members]) => [
      { person: members[0] ?? '', role: 'secretary', unit },
      ...members.map((person) => ({ person, role: 'member', unit })),
    ]),
  ],
}

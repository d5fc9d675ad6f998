import type { DemoPlan } from '../catalogue.ts'

const departments: { [unit: string]: { department: string; staff: string[] } } = {
  'county-office': { department: 'chen-siyu', staff: ['qian-zhiyuan'] },
  'county-corrections': { department: 'feng-lei', staff: ['tang-weimin'] },
  // One of them is on secondment from the finance section: there is a successor when the first leaves.
  'county-lawyers': { department: 'han-xue', staff: ['deng-yaqin', 'zhou-min'] },
}

export const demo: DemoPlan = {
  title: '2026年普法联络员工作',
  startsOn: '2026-03-02',
  organiser: 'lin-shuwen',
  units: Object.keys(departments),
  duties: [
    { person: 'wang-jianguo', role: 'group' },
    { person: 'sun-lihua', role: 'office' },
    { person: 'zheng-xiaolan', role: 'office' },
    ...Object.entries(departments).flatMap(([unit, { department, staff }]) => [
      ...staff.map((person) => ({ person, role: 'staff', unit })),
      { person: department, role: 'department', unit },
    ]),
  ],
}

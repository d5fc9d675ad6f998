import type { DemoPlan } from '../catalogue.ts'

export const demo: DemoPlan = {
  title: '2026年度督查台账',
  startsOn: '2026-01-05',
  organiser: 'xie-tao',
  units: ['gov-housing', 'gov-transport', 'gov-education', 'gov-water'],
  duties: [
    { person: 'guo-lin', role: 'supervisor' },
    { person: 'peng-fei', role: 'supervisor' },
    { person: 'xie-tao', role: 'supervisor' },
    { person: 'xu-zheng', role: 'leader' },
    { person: 'dong-mei', role: 'leader' },
    { person: 'zhong-yuan', role: 'owner', unit: 'gov-housing' },
    { person: 'cai-ning', role: 'owner', unit: 'gov-transport' },
    { person: 'fu-ya', role: 'owner', unit: 'gov-education' },
    { person: 'jin-bo', role: 'owner', unit: 'gov-water' },
  ],
}

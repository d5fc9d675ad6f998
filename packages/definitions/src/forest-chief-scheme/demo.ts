import type { DemoPlan } from '../catalogue.ts'

const towns = {
  qinghe: {
    chief: 'qin-hai',
    office: 'ma-chunlan',
    villages: {
      'qinghe-beigou': 'ding-shan',
      'qinghe-nanpo': 'gu-ping',
      'qinghe-dongling': 'yu-dong',
    },
  },
  liushu: {
    chief: 'liu-shuqing',
    office: 'he-miao',
    villages: { 'liushu-xihe': 'tian-fang', 'liushu-shangwan': 'shi-wei' },
  },
}

export const demo: DemoPlan = {
  title: '2026—2027年林长制工作',
  startsOn: '2026-10-12',
  organiser: 'song-linsheng',
  units: Object.entries(towns).flatMap(([town, { villages }]) => [town, ...Object.keys(villages)]),
  duties: [
    { person: 'bai-yulin', role: 'office' },
    ...Object.entries(towns).flatMap(([unit, { chief, office, villages }]) => [
      { person: chief, role: 'townChief', unit },
      { person: chief, role: 'chief', unit },
      { person: office, role: 'townOffice', unit },
      // One police station serves both towns.
      { person: 'du-jianjun', role: 'police', unit },
      ...Object.entries(villages).map(([village, person]) => ({
        person,
        role: 'chief',
        unit: village,
      })),
    ]),
  ],
}

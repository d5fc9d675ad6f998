import type { SampleForms } from '@duban/kit'
import type { Json } from '@duban/engine'
import type { z } from 'zod'
import type { List } from './v1/plan.ts'

/** The list of the source, its owners as groups: how many units own each item together. */
const wording: { title: string; items: [text: string, owners: number][] }[] = [
  {
    title: '严明纪律，确保政令畅通',
    items: [
      ['开展重大决策部署贯彻落实情况的监督检查，确保政令畅通。', 2],
      ['开展党员领导干部民主生活会，驰而不息纠正问题。', 1],
    ],
  },
  {
    title: '强化责任，推动主体责任落实',
    items: [
      ['深入开展理想信念宗旨和党风廉政教育，定期报告主体责任落实情况。', 1],
      ['班子成员落实“一岗双责”要求，督促分管股室认真履职。', 3],
    ],
  },
  {
    title: '加强审计监督，确保公共资金安全健康运行',
    items: [
      ['加强对重大决策落实情况的跟踪审计，推进政府重大投资项目审计。', 4],
      ['持续开展落实中央八项规定精神的审计监督。', 6],
    ],
  },
  {
    title: '进一步深化机关作风建设，注重从源头上防治腐败',
    items: [
      ['加强对审计干部的纪律教育，严明纪律。', 5],
      ['加大执纪监督力度，推进作风建设常态化、长效化。', 2],
    ],
  },
]

/** The list as the source has it, for the units of a campaign that starts in this year. */
export function listFor(units: readonly { id: string }[], year: string): z.input<typeof List> & Json {
  return {
    sections: wording.map(({ title, items }, n) => ({
      no: String(n + 1),
      title,
      items: items.map(([text, owners], m) => ({
        no: `${n + 1}.${m + 1}`,
        title: text,
        dueOn: `${year}-${m === 0 ? '06-30' : '11-30'}`,
        owners: units.slice(0, owners).map(({ id }) => ({ unit: id })),
      })),
    })),
  }
}

export const sampleForms: SampleForms = {
  'list.issue': ({ facts }) => listFor(facts.units, facts.startsOn.slice(0, 4)),
}

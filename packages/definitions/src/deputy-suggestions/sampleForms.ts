import type { SampleForms } from '@duban/kit'

const dayAfter = (at: string, days: number): string =>
  new Date(Date.parse(at) + days * 86_400_000).toISOString().slice(0, 10)

/** Suggestions that nobody took yet become matters, some of them key; a reply in the plan names it. */
export const sampleForms: SampleForms = {
  'matter.assign': ({ context, facts, at, pick }) => {
    const numbers = (context.filed as { no: number }[]).map(({ no }) => no)
    const rest = numbers.filter((no) => !context.assignedNos.includes(no))
    return {
      matters: (rest.length > 0 ? rest : numbers.slice(0, 1)).map((no) => ({
        title: `第${no}号建议`,
        from: [no],
        owner: pick(facts.units).id,
        dueOn: dayAfter(at, pick([30, 60])),
        key: pick([true, false]),
      })),
    }
  },
  'reply.answer': ({ payload, pick }) => ({
    ...(payload as object),
    outcome: pick(['solved', 'planned', 'explained']),
    plan: '年度工作计划',
  }),
  'key.entrust': ({ pick }) => ({ leader: pick(['xu-zheng', 'dong-mei']) }),
}

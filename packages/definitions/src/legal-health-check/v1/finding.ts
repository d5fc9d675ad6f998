import { rectification } from '@duban/kit'

const toBeVerified = '将各阶段、各环节工作落到实处'

/** 问题: one line of the sheet, from plan to 销号. */
export const finding = rectification({
  by: ['reporter'],
  verify: ['verifier'],
  decide: ['lead'],
  inform: ['lead', 'office'],
  opens: 'rectificationOpens',
  due: 'rectified',
  wording: {
    kind: { title: { zh: '问题', en: 'Finding' } },
    plan: { source: '逐一提出“治疗”整改方案' },
    open: { source: '逐一提出“治疗”整改方案' },
    rectify: { source: '防范和化解法律风险' },
    close: { source: toBeVerified },
    return: { source: toBeVerified },
    carryOver: {
      title: { zh: '转入下半年整改', en: 'Carry over to the second half-year' },
      source: '为下半年开展全面、系统整改打下基础',
    },
    carriedOver: {
      title: { zh: '转入下半年整改', en: 'Carried over to the second half-year' },
    },
  },
})

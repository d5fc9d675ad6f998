// What people say in the story, in the shape that each command's JSON Schema asks for
// (`commands` of an instance, or GET /api/definitions/legal-health-check).

export type Risk = {
  no: string
  item: string
  title: string
  major: boolean
  explanation?: string
}

export const archives: Risk = {
  no: '1',
  item: 'implementation',
  title: '外出请假审批材料归档不全',
  major: false,
}
export const contracts: Risk = {
  no: '1',
  item: 'decisions',
  title: '两份服务合同未经合法性审查',
  major: true,
  explanation: '合同金额较大且已部分履行,可能引发违约诉讼。',
}
export const disclosure: Risk = {
  no: '1',
  item: 'disclosure',
  title: '三件依申请公开答复超期',
  major: false,
}
export const subsidies: Risk = {
  no: '2',
  item: 'enforcement',
  title: '法律援助补贴发放无审核记录',
  major: true,
  explanation: '涉及财政资金,可能构成违规发放。',
}

export const scheme = {
  title: '县司法局“法律体检”工作方案',
  text: '按自查、复查、抽查、整改四个阶段组织实施,责任到股室。',
}

export const report = (...risks: Risk[]): object => ({
  areas: {
    implementation: 'checked',
    decisions: 'checked',
    enforcement: 'checked',
    remedies: 'notApplicable',
    disclosure: 'checked',
    other: 'checked',
  },
  risks,
  summary: '对照体检项目清单逐项自查。',
})

export type Verdicts = { confirmed?: Risk[]; contradicted?: Risk[]; missed?: Risk[] }

export function recheck({ confirmed = [], contradicted = [], missed = [] }: Verdicts): object {
  return {
    methods: ['briefing', 'files'],
    verdicts: [
      ...confirmed.map(({ no }) => ({ no, verdict: 'confirmed', note: '查阅台账,情况属实。' })),
      ...contradicted.map(({ no }) => ({
        no,
        verdict: 'contradicted',
        note: '抽查卷宗,与报告不符。',
      })),
    ],
    missed,
    diligence: missed.length > 0 ? 'weak' : 'strong',
    causes: missed.length > 0 ? '经办人未核对原始凭证,审核流于形式。' : '台账管理责任不清。',
  }
}

const finding = ({ no, item, title, major }: Risk): object => ({
  no: `F${no}`,
  risk: no,
  item,
  title,
  major,
  advice: '补齐材料,明确责任人,健全制度。',
})

/** The sheet answers every risk that the re-check confirmed or found. */
export const sheet = (sheetNo: string, { confirmed = [], missed = [] }: Verdicts): object => ({
  sheetNo,
  findings: [...confirmed, ...missed].map(finding),
  opinion: '所列问题限期整改。',
})

export const inspection = (...missed: Risk[]): object => ({
  methods: ['onSite', 'files'],
  missed,
  findings: missed.map(finding),
  opinion: '现场查看,总体规范。',
})

export const plan = {
  measures: '逐卷补正并培训经办人',
  responsible: '股室负责人',
  finishOn: '2026-06-24',
}
export const result = { result: '已全部补正,见附件。' }

export const summary = (...accountability: { unit: string; measure: string }[]): object => ({
  summary: '本次体检查出的问题均已整改销号。',
  mechanisms: [
    { title: '合同合法性审查制度', owner: '政策法规股', text: '合同签订前一律送审。' },
    { title: '补贴发放双人审核制度', owner: '法律援助中心', text: '发放前由两人核对凭证。' },
  ],
  accountability,
})

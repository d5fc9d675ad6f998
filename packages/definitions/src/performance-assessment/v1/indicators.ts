// 绩效指标考核表: 36 + 28 = 64 points. How they are shared among the indicators is ours: see the README.
import { scoresheet } from '@duban/kit'

const worth = (most: number, zh: string, en: string) => ({ title: { zh, en }, most })

export const sheet = scoresheet({
  total: 64,
  groups: {
    results: {
      title: { zh: '业务工作实绩', en: 'Results of work' },
      most: 36,
      items: {
        coverage: worth(4, '推进新城控规全覆盖', 'Detailed plans for the whole new town'),
        permits: worth(4, '日常规划管理及业务审批', 'Everyday planning and permits'),
        digitalHall: worth(4, '数字规划馆、数字沙盘及会商系统', 'Digital planning hall'),
        housing: worth(4, '保障房工程规划审批', 'Approval of social housing'),
        sunlight: worth(4, '建设项目日照影响分析审批', 'Sunlight analysis of projects'),
        legality: worth(4, '规划法制建设', 'Planning law'),
        proposals: worth(4, '办理人大建议和政协提案', 'Suggestions and proposals handled'),
        petitions: worth(4, '群众诉求件的答复、反馈', 'Petitions answered'),
        supervision: worth(4, '日常督查', 'Everyday supervision'),
      },
    },
    capacity: {
      title: { zh: '履职能力建设', en: 'Capacity' },
      most: 28,
      items: {
        democracy: worth(14, '科学民主履职', 'Scientific and democratic decisions'),
        lawfulness: worth(14, '依法履职', 'Lawful administration'),
      },
    },
  },
  bonus: { most: 3, items: { praise: worth(3, '受到上级表彰', 'Commended from above') } },
  penalty: {
    most: 5,
    items: {
      shortfall: worth(3, '阶段性工作未如期完成', 'Stage work not done in time'),
      lateReply: worth(2, '诉求件逾期未答复', 'Petitions not answered in time'),
    },
  },
})

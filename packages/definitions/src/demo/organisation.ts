/** Invented offices to try things with. No person here is real. */
export type DemoUnit = {
  id: string
  title: { zh: string; en: string }
  parent: string | null
}

export type DemoPerson = {
  id: string
  name: string
  /** The unit that the person belongs to. */
  unit: string
  builtIn: ('administrator' | 'organiser' | 'auditor')[]
}

export type DemoOrganisation = { units: DemoUnit[]; people: DemoPerson[] }

const units: DemoUnit[] = [
  // Justice: a county bureau with its sections, below city and province.
  unit('province', '省司法厅', 'Provincial Department of Justice', null),
  unit('city', '市司法局', 'City Bureau of Justice', 'province'),
  unit('county', '县司法局', 'County Bureau of Justice', 'city'),
  unit('county-office', '办公室', 'General Office', 'county'),
  unit('county-personnel', '政工室', 'Personnel Section', 'county'),
  unit('county-finance', '财务股', 'Finance Section', 'county'),
  unit('county-discipline', '纪检监察室', 'Discipline Inspection Office', 'county'),
  unit('county-policy', '政策法规股', 'Policy and Regulation Section', 'county'),
  unit('county-corrections', '社区矫正股', 'Community Corrections Section', 'county'),
  unit('county-lawyers', '律师公证管理股', 'Lawyers and Notaries Section', 'county'),
  unit('county-legal-aid', '法律援助中心', 'Legal Aid Centre', 'county'),
  unit('county-mediation', '人民调解与基层股', 'Mediation and Grassroots Section', 'county'),

  // Forests: the county's office, two towns and their villages.
  unit('forestry', '县林长制办公室', 'County Forest Chief Office', null),
  unit('qinghe', '青河镇', 'Qinghe Town', 'forestry'),
  unit('qinghe-beigou', '北沟村', 'Beigou Village', 'qinghe'),
  unit('qinghe-nanpo', '南坡村', 'Nanpo Village', 'qinghe'),
  unit('qinghe-dongling', '东岭村', 'Dongling Village', 'qinghe'),
  unit('liushu', '柳树镇', 'Liushu Town', 'forestry'),
  unit('liushu-xihe', '西河村', 'Xihe Village', 'liushu'),
  unit('liushu-shangwan', '上湾村', 'Shangwan Village', 'liushu'),

  // The people's congress, its committee's offices and two groups of deputies.
  unit('congress', '县人大常委会', 'Standing Committee of the County Congress', null),
  unit('congress-works', '代表工作委员会', 'Deputies Affairs Commission', 'congress'),
  unit('congress-group-1', '第一代表小组', 'Deputy Group One', 'congress'),
  unit('congress-group-2', '第二代表小组', 'Deputy Group Two', 'congress'),

  // The county government and the departments that answer to it.
  unit('government', '县人民政府', 'County Government', null),
  unit('gov-supervision', '督查室', 'Supervision Office', 'government'),
  unit('gov-housing', '住房和城乡建设局', 'Housing and Construction Bureau', 'government'),
  unit('gov-transport', '交通运输局', 'Transport Bureau', 'government'),
  unit('gov-education', '教育局', 'Education Bureau', 'government'),
  unit('gov-water', '水务局', 'Water Bureau', 'government'),
]

const people: DemoPerson[] = [
  person('he-zhengming', '何正明', 'county-office', 'administrator'),
  // Organisers steer what lies below their own unit.
  person('lin-shuwen', '林书文', 'county', 'organiser'),
  person('shao-jingyuan', '邵静远', 'city', 'auditor'),

  person('wang-jianguo', '王建国', 'county'),
  person('zhao-wenhui', '赵文慧', 'county'),
  person('sun-lihua', '孙丽华', 'county-policy'),
  person('qian-zhiyuan', '钱志远', 'county-office'),
  person('chen-siyu', '陈思雨', 'county-office'),
  person('liu-yang', '刘洋', 'county-personnel'),
  person('zhou-min', '周敏', 'county-finance'),
  person('wu-guodong', '吴国栋', 'county-discipline'),
  person('zheng-xiaolan', '郑晓岚', 'county-policy'),
  person('feng-lei', '冯磊', 'county-corrections'),
  person('han-xue', '韩雪', 'county-lawyers'),
  person('yang-fan', '杨帆', 'county-legal-aid'),
  person('xu-guihua', '许桂花', 'county-mediation'),
  person('gao-yuanhang', '高远航', 'city'),
  person('luo-qing', '罗清', 'city'),
  person('tang-weimin', '唐为民', 'county-corrections'),
  person('deng-yaqin', '邓雅琴', 'county-lawyers'),
  person('jiang-haifeng', '江海峰', 'province'),
  person('shen-moyan', '沈墨言', 'province'),

  person('song-linsheng', '宋林生', 'forestry', 'organiser'),
  person('bai-yulin', '白玉林', 'forestry'),
  person('qin-hai', '秦海', 'qinghe'),
  person('ma-chunlan', '马春兰', 'qinghe'),
  person('du-jianjun', '杜建军', 'qinghe'),
  person('ding-shan', '丁山', 'qinghe-beigou'),
  person('gu-ping', '顾平', 'qinghe-nanpo'),
  person('yu-dong', '于东', 'qinghe-dongling'),
  person('liu-shuqing', '柳树青', 'liushu'),
  person('he-miao', '何苗', 'liushu'),
  person('tian-fang', '田芳', 'liushu-xihe'),
  person('shi-wei', '石伟', 'liushu-shangwan'),

  person('fang-wenbin', '方文彬', 'congress', 'organiser'),
  person('meng-jie', '孟洁', 'congress'),
  person('du-heng', '杜衡', 'congress'),
  person('ren-yi', '任毅', 'congress'),
  person('pan-li', '潘莉', 'congress-works'),
  person('cao-rui', '曹锐', 'congress-works'),
  person('lu-ming', '陆明', 'congress-group-1'),
  person('jiang-xue', '蒋雪', 'congress-group-1'),
  person('wei-qiang', '魏强', 'congress-group-2'),
  person('shen-lan', '沈岚', 'congress-group-2'),

  person('xie-tao', '谢涛', 'government', 'organiser'),
  person('xu-zheng', '徐正', 'government'),
  person('dong-mei', '董梅', 'government'),
  person('guo-lin', '郭霖', 'gov-supervision'),
  person('peng-fei', '彭飞', 'gov-supervision'),
  person('zhong-yuan', '钟源', 'gov-housing'),
  person('cai-ning', '蔡宁', 'gov-transport'),
  person('fu-ya', '傅雅', 'gov-education'),
  person('jin-bo', '金波', 'gov-water'),
]

export const demoOrganisation: DemoOrganisation = { units, people }

function unit(id: string, zh: string, en: string, parent: string | null): DemoUnit {
  return { id, title: { zh, en }, parent }
}

function person(id: string, name: string, home: string, ...builtIn: DemoPerson['builtIn']): DemoPerson {
  return { id, name, unit: home, builtIn }
}

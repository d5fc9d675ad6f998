/** An invented bureau to try things with. No person here is real. */
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
  /** Roles suggested for a campaign of a definition; with `unit` where the role is a unit's. */
  duties: { definition: string; role: string; unit?: string }[]
}

export type DemoBureau = { units: DemoUnit[]; people: DemoPerson[] }

const units: DemoUnit[] = [
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
]

const people: DemoPerson[] = [
  person('he-zhengming', '何正明', 'county-office', [], ['administrator']),
  // Home is the county itself: an organiser steers what lies below the own unit.
  person('lin-shuwen', '林书文', 'county', [], ['organiser']),
  person('shao-jingyuan', '邵静远', 'city', [], ['auditor']),

  person('wang-jianguo', '王建国', 'county', ['lead']),
  person('zhao-wenhui', '赵文慧', 'county', ['deputy']),
  person('sun-lihua', '孙丽华', 'county-policy', ['office', 'verifier']),
  person('qian-zhiyuan', '钱志远', 'county-office', ['office', 'verifier']),

  person('chen-siyu', '陈思雨', 'county-office', ['reporter']),
  person('liu-yang', '刘洋', 'county-personnel', ['reporter']),
  person('zhou-min', '周敏', 'county-finance', ['reporter']),
  person('wu-guodong', '吴国栋', 'county-discipline', ['reporter']),
  person('zheng-xiaolan', '郑晓岚', 'county-policy', ['reporter']),
  person('feng-lei', '冯磊', 'county-corrections', ['reporter']),
  person('han-xue', '韩雪', 'county-lawyers', ['reporter']),
  person('yang-fan', '杨帆', 'county-legal-aid', ['reporter']),
  person('xu-guihua', '许桂花', 'county-mediation', ['reporter']),

  person('gao-yuanhang', '高远航', 'city', ['reviewer']),
  person('luo-qing', '罗清', 'city', ['reviewer', 'verifier']),
  // Borrowed from sections: each must stay away from the own one.
  person('tang-weimin', '唐为民', 'county-corrections', ['reviewer']),
  person('deng-yaqin', '邓雅琴', 'county-lawyers', ['reviewer']),

  person('jiang-haifeng', '江海峰', 'province', ['inspector']),
  person('shen-moyan', '沈墨言', 'province', ['inspector']),
]

export const demoBureau: DemoBureau = { units, people }

function unit(id: string, zh: string, en: string, parent: string | null): DemoUnit {
  return { id, title: { zh, en }, parent }
}

function person(
  id: string,
  name: string,
  home: string,
  roles: string[],
  builtIn: DemoPerson['builtIn'] = [],
): DemoPerson {
  const duties = roles.map((role) => ({
    definition: 'legal-health-check',
    role,
    ...(role === 'reporter' && { unit: home }),
  }))
  return { id, name, unit: home, builtIn, duties }
}

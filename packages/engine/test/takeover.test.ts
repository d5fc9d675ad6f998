import t from 'tap'
import {
  DefinitionError,
  factsFor,
  pinnedDefinitions,
  replay,
  takeOver,
  transcript,
  type Definition,
  type PinnedDefinition,
  type Instance,
  type StoredTransition,
  type Stepped,
  type Unplaced,
} from '../src/index.ts'
import { define, draft, inspection, type Draft } from './inspection.ts'
import { actor, codeOf, facts, on, place, planned, stage, waits, type Done } from './stage.ts'

const state = (zh: string, en: string) => ({ meta: { title: { zh, en } } })
const { root, unit, child, must, say, fire, act } = stage()

/** Version 2 of the small inspection, which takes over from the first; `change` makes it what a test needs. */
function second(change: (plan: Draft) => void = () => {}, takesOver: object = {}): Definition {
  const plan = draft()
  plan.version = 2
  plan['takesOver'] = { 1: takesOver }
  change(plan)
  return define(plan)
}

const rename = (plan: Draft, kind: string, old: string, name: string): void => {
  const { spec } = plan.kinds[kind] as { spec: any }
  const text = JSON.stringify(spec.states).replaceAll(`"${old}"`, `"${name}"`)
  spec.states = JSON.parse(text)
  if (spec.initial === old) spec.initial = name
}

const pinned = (definition: Definition, before = facts): PinnedDefinition => {
  const made = factsFor(definition, before)
  if (!made.ok) throw new Error(JSON.stringify(made.refusal))
  return { definition, campaign: made.facts }
}
const first: PinnedDefinition = { definition: inspection, campaign: facts }
const cause = { instance: facts.id, version: 2, hash: 'e'.repeat(64) }
const migrate = (instance: Instance, to: PinnedDefinition, at: string, from = first): Stepped =>
  stage(to.definition, to.campaign).take(
    instance,
    {
      type: 'act',
      at,
      act: 'campaign.migrate',
      payload: { version: to.definition.version, reason: '县里新通知' },
      ...(instance.parent === null ? { actor: actor('wang', 'organiser') } : { cause }),
    },
    from,
  )
const issues = (stepped: { ok: boolean }): Unplaced[] =>
  'refusal' in stepped ? ((stepped as { refusal: { issues?: Unplaced[] } }).refusal.issues ?? []) : []

void t.test('a renamed state is the same state: nothing is entered again, its date goes on', async (t) => {
  const v2 = pinned(
    second((plan) => rename(plan, 'unit', 'checking', 'selfCheck'), {
      unit: { states: { checking: 'selfCheck' } },
    }),
  )
  const before = unit().instance
  const after = must(migrate(before, v2, on('04-10 09:00')))
  t.equal(place(after), 'selfCheck')
  t.strictSame(
    after.effects.filter(({ type }) => type !== 'actOnChildren'),
    [],
  )
  t.strictSame(after.instance.state.snapshot['context'], before.state.snapshot['context'])
  t.strictSame(waits(after.instance), waits(before))
  t.ok(
    Object.keys(after.instance.state.timers).every((key) => key.includes('unit.selfCheck')),
    'under its new name',
  )
  t.equal(after.transition.definition, 'small-inspection@2')
  t.equal(after.transition.fingerprint, v2.definition.fingerprint)
  t.equal(after.transition.from, 'checking')

  const next = stage(v2.definition, v2.campaign)
  const reminded = must(next.fire(after.instance))
  t.equal(place(reminded), 'selfCheck')
  t.match(reminded.effects, [{ type: 'notify', to: ['reporter'] }], 'reminders reach who may act now')
})

void t.test('the root tells its children, and stands where it stood', async (t) => {
  const v2 = pinned(second())
  const begun = must(say(root().instance, 'check.begin', {}, on('04-02 09:00'), actor('wang', 'lead')))
  const after = must(migrate(begun.instance, v2, on('04-10 09:00')))
  t.equal(place(after), 'reporting')
  t.strictSame(after.effects, [
    {
      type: 'actOnChildren',
      act: 'campaign.migrate',
      payload: { version: 2, reason: '县里新通知' },
    },
  ])
})

void t.test('a date of the campaign has the new version’s day, in facts that anybody can compute', async (t) => {
  const v2 = pinned(second((plan) => (plan.dates.reports.due = '04-24')))
  t.equal(v2.campaign.dates['reports']?.on, '2026-04-24')
  t.equal(v2.campaign.dates['reviewOpens']?.on, '2026-04-25', 'and what counts from it')
  t.strictSame(
    { ...v2.campaign, dates: 0, definition: 0, fingerprint: 0 },
    { ...facts, dates: 0, definition: 0, fingerprint: 0 },
    'the rest stays',
  )
  const after = must(migrate(unit().instance, v2, on('04-22 00:00')))
  t.strictSame(waits(after.instance), { 'reports -1 day': '04-23 09:00', reports: '04-25 00:00' })
})

void t.test('a day that a superior authority published stays', async (t) => {
  const given = planned(inspection, {
    overrides: { reports: { on: '2026-04-20', reason: '市局通知' } },
  }).facts
  const moved = factsFor(
    second((plan) => (plan.dates.reports.due = '04-24')),
    given,
  )
  t.match(moved, { ok: true, facts: { dates: { reports: { on: '2026-04-20' } } } })
  const contradict = factsFor(
    second((plan) => (plan.dates.reviewed.due = '04-10')),
    given,
  )
  t.match(contradict, { ok: false, refusal: { code: 'dates_contradict' } })
})

void t.test('a date that counts from an entry keeps its day; a new one counts from the act', async (t) => {
  const finding = must(child('finding', { name: 'x' }, { at: on('04-20 09:00') })).instance
  const longer = pinned(second((plan) => (plan.dates.rectified.due = 'entry + 20 days')))
  t.strictSame(waits(must(migrate(finding, longer, on('04-25 09:00'))).instance), waits(finding))

  const added = pinned(
    second((plan) => {
      plan.dates.answered = {
        title: { zh: '答复', en: 'Answered' },
        due: 'entry + 5 days',
        remind: ['-2 days'],
      }
      plan.kinds['finding']!.spec.states.rectified.after = { answered: 'overdue' }
    }),
  )
  const rectified = must(say(finding, 'finding.rectify', { how: 'so' }, on('04-21 09:00'))).instance
  t.strictSame(waits(rectified), {})
  t.strictSame(waits(must(migrate(rectified, added, on('04-25 09:00'))).instance), {
    'answered -2 days': '04-28 09:00',
    answered: '05-01 00:00',
  })
})

void t.test('what has fired does not fire again, unless its day is now to come', async (t) => {
  const begun = must(say(root().instance, 'check.begin', {}, on('04-02 09:00'), actor('wang', 'lead')))
  const reviewing = must(fire(begun.instance))
  t.equal(place(reviewing), 'reviewing')
  const spent = must(fire(reviewing.instance))
  t.strictSame([place(spent), waits(spent.instance)], ['reviewing', {}], 'its guard let nothing happen')
  t.strictSame(waits(must(migrate(spent.instance, pinned(second()), on('05-20 09:00'))).instance), {})
  const later = pinned(second((plan) => (plan.dates.reviewed.due = '05-29')))
  t.strictSame(waits(must(migrate(spent.instance, later, on('05-20 09:00'))).instance), {
    reviewed: '05-29 17:30',
  })
})

void t.test('extensions, suspensions and who did what stay', async (t) => {
  const extended = must(
    act(unit().instance, 'campaign.extend', { dates: { reports: '2026-04-25' }, reason: 'x' }, on('04-10 09:00')),
  )
  const submitted = must(say(extended.instance, 'report.submit', { risks: [] }, on('04-11 09:00')))
  const v2 = pinned(second())
  const after = must(migrate(submitted.instance, v2, on('04-12 09:00'))).instance.state
  t.strictSame(after.adjustments, submitted.instance.state.adjustments)
  t.strictSame(after.performedBy, { 'report.submit': ['zhang'] })
  t.strictSame(waits(must(migrate(extended.instance, v2, on('04-12 09:00'))).instance), waits(extended.instance))
})

void t.test('a new date that counts from an extended one goes with it; one that cannot is refused', async (t) => {
  const extended = must(
    act(unit().instance, 'campaign.extend', { dates: { reports: '2026-04-25' }, reason: 'x' }, on('04-10 09:00')),
  )
  const counting = pinned(
    second((plan) => {
      plan.dates.signed = { title: { zh: '签字', en: 'Signed' }, due: 'reports + 2 days' }
      plan.kinds['unit']!.spec.states.checking.after.signed = 'late'
    }),
  )
  t.match(waits(must(migrate(extended.instance, counting, on('04-12 09:00'))).instance), {
    reports: '04-26 00:00',
    signed: '04-28 00:00',
  })

  const root1 = must(
    act(root().instance, 'campaign.extend', { dates: { reports: '2026-05-02' }, reason: 'x' }, on('04-10 09:00')),
  )
  const fixed = pinned(second((plan) => (plan.dates.reviewed.due = '04-30')))
  const refused = migrate(root1.instance, fixed, on('04-12 09:00'))
  t.match(refused, {
    refusal: {
      code: 'dates_contradict',
      issues: [{ date: 'reviewed', on: '2026-04-30', notBefore: 'reports', its: '2026-05-02' }],
    },
  })
})

const withContext = (context: (old: any) => unknown): PinnedDefinition =>
  pinned(second(() => {}, { unit: { context } }))

void t.test('a context becomes what the new version wants, by a pure function', async (t) => {
  const { instance } = unit()
  const after = must(
    migrate(
      instance,
      withContext(({ unit: id, ...rest }) => ({ ...rest, office: id, calls: 0 })),
      on('04-10 09:00'),
    ),
  )
  t.strictSame(after.instance.state.snapshot['context'], { calls: 0, office: 'law', report: null })

  for (const [context, reason] of [
    [() => null, /at once/u],
    [async () => ({}), /at once/u],
    [() => ({ day: new Date(0) }), /no plain JSON at \/day/u],
    [(old: any) => ((old.report = 1), old), /read only/u],
    [
      () => {
        throw new Error('broken')
      },
      /^broken$/u,
    ],
  ] as const) {
    const refused = migrate(instance, withContext(context), on('04-10 09:00'))
    t.equal(codeOf(refused), 'cannot_migrate')
    t.match(issues(refused)[0], { kind: 'unit', state: 'checking', reason })
  }
})

void t.test('states become nested, and nested ones flat', async (t) => {
  const nested = second(
    (plan) => {
      const { spec } = plan.kinds['unit'] as { spec: any }
      const { checking, ...states } = spec.states
      spec.states = {
        ...states,
        working: {
          ...state('办理', 'Working'),
          initial: 'drafting',
          after: { reports: 'late' },
          states: {
            drafting: { ...state('起草', 'Drafting'), on: { 'report.submit': 'signing' } },
            signing: {
              ...state('签发', 'Signing'),
              on: { 'report.submit': '#unit.reported' },
            },
          },
        },
      }
      spec.initial = 'working'
      void checking
    },
    { unit: { states: { checking: 'working.signing' } } },
  )
  const two = pinned(nested)
  const signing = must(migrate(unit().instance, two, on('04-10 09:00')))
  t.strictSame(place(signing), { working: 'signing' })
  t.strictSame(waits(signing.instance), waits(unit().instance), 'the date is waited for further out')
  const reported = stage(two.definition, two.campaign).say(
    signing.instance,
    'report.submit',
    { risks: [] },
    on('04-11 09:00'),
  )
  t.equal(place(must(reported)), 'reported')

  const inner = second((plan) => {
    plan.version = 3
    plan['takesOver'] = {
      2: { unit: { states: { 'working.signing': 'checking', working: 'late' } } },
    }
  })
  const three = pinned(inner, two.campaign)
  t.equal(place(must(migrate(signing.instance, three, on('04-12 09:00'), two))), 'checking')
  const whole = second((plan) => {
    plan.version = 3
    plan['takesOver'] = { 2: { unit: { states: { working: 'late' } } } }
  })
  const lost = migrate(signing.instance, pinned(whole, two.campaign), on('04-12 09:00'), two)
  t.strictSame(issues(lost), [{ kind: 'unit', state: 'working.signing', reason: 'there is no state «late.signing»' }])
})

/** Two regions side by side: `papers` and `site`. */
function sideBySide(version: number, change: (unit: any) => void = () => {}, takesOver?: object): Definition {
  const plan = draft()
  plan.version = version
  if (takesOver) plan['takesOver'] = { [version - 1]: takesOver }
  const { spec } = plan.kinds['unit'] as { spec: any }
  const { checking } = spec.states
  spec.states.checking = {
    ...state('自查', 'Checking'),
    type: 'parallel',
    after: checking.after,
    states: {
      papers: {
        ...state('材料', 'Papers'),
        initial: 'collecting',
        states: {
          collecting: { ...state('收集', 'Collecting'), on: { 'check.reminded': 'collected' } },
          collected: { ...state('收齐', 'Collected'), type: 'final' },
        },
      },
      site: {
        ...state('现场', 'On site'),
        initial: 'planned',
        states: {
          planned: { ...state('待查', 'Planned'), on: { 'report.submit': '#unit.reported' } },
        },
      },
    },
  }
  change(spec.states.checking)
  return define(plan)
}

void t.test('states side by side pass together; a new one begins at its beginning', async (t) => {
  const one: PinnedDefinition = pinned(sideBySide(1))
  const opened = must(stage(one.definition, one.campaign).child('unit', { id: 'law' }, { at: on('04-02 09:00') }))
  const collected = must(
    stage(one.definition, one.campaign).tell(opened.instance, 'check.reminded', null, on('04-03 09:00')),
  )
  t.strictSame(place(collected), { checking: { papers: 'collected', site: 'planned' } })
  const two = pinned(
    sideBySide(
      2,
      ({ states }) => {
        states.files = states.papers
        delete states.papers
        states.talks = {
          ...state('谈话', 'Talks'),
          initial: 'open',
          states: { open: state('进行', 'Open') },
        }
        states.talks.states.open.on = { 'check.reminded': {} }
      },
      { unit: { states: { 'checking.papers': 'checking.files' } } },
    ),
    one.campaign,
  )
  const after = must(migrate(collected.instance, two, on('04-10 09:00'), one))
  t.strictSame(place(after), {
    checking: { files: 'collected', site: 'planned', talks: 'open' },
  })
  t.strictSame(waits(after.instance), waits(collected.instance))

  const torn = pinned(
    sideBySide(2, () => {}, {
      unit: {
        states: { 'checking.papers.collected': 'reported', 'checking.papers': 'checking.site' },
      },
    }),
    one.campaign,
  )
  t.match(issues(migrate(collected.instance, torn, on('04-10 09:00'), one)), [
    { state: 'checking.papers.collected + checking.site.planned', reason: /two states at once/u },
  ])
  const ended = pinned(
    sideBySide(2, () => {}, {
      unit: { states: { 'checking.papers.collecting': 'checking.papers.collected' } },
    }),
    one.campaign,
  )
  t.match(issues(migrate(opened.instance, ended, on('04-10 09:00'), one)), [
    { reason: /is an end: a migration ends nothing/u },
  ])
})

/** A state with a history, to which an arrow of another leads back. */
function remembering(version: number, name: string, takesOver?: object): Definition {
  const plan = draft()
  plan.version = version
  if (takesOver) plan['takesOver'] = { 1: takesOver }
  plan.kinds['unit']!.spec.states.checking = {
    ...state('自查', 'Checking'),
    initial: 'first',
    states: {
      first: { ...state('一', 'One'), on: { 'report.submit': name } },
      [name]: { ...state('二', 'Two'), on: { 'review.record': '#unit.reported' } },
      back: { type: 'history', history: 'shallow' },
    },
    after: { reports: 'late' },
  }
  const { late } = plan.kinds['unit']!.spec.states
  late.on['report.submit'] = 'checking.back'
  return define(plan)
}

void t.test('what a history remembers is found under its new name', async (t) => {
  const one = pinned(remembering(1, 'second'))
  const two = pinned(
    remembering(2, 'other', { unit: { states: { 'checking.second': 'checking.other' } } }),
    one.campaign,
  )
  const stageOne = stage(one.definition, one.campaign)
  const opened = must(stageOne.child('unit', { id: 'law' }, { at: on('04-02 09:00') }))
  const further = must(stageOne.say(opened.instance, 'report.submit', { risks: [] }, on('04-03 09:00')))
  let late = further
  while (place(late) !== 'late') late = must(stageOne.fire(late.instance))
  const after = must(migrate(late.instance, two, on('04-20 09:00'), one))
  const stageTwo = stage(two.definition, two.campaign)
  const back = must(stageTwo.say(after.instance, 'report.submit', { risks: [] }, on('04-21 09:00')))
  t.strictSame(place(back), { checking: 'other' })
})

void t.test('what has no place is refused, and named', async (t) => {
  const { instance } = unit()
  const at = on('04-10 09:00')
  const gone = second((plan) => rename(plan, 'unit', 'checking', 'selfCheck'))
  t.strictSame(issues(migrate(instance, pinned(gone), at)), [
    { kind: 'unit', state: 'checking', reason: 'there is no state «checking»' },
  ])
  const stranger = define({ ...draft(), version: 2 })
  t.match(issues(migrate(instance, pinned(stranger), at)), [{ reason: /does not take over from/u }])
  const other = define({ ...draft(), id: 'other', version: 2, takesOver: { 1: {} } })
  t.match(issues(migrate(instance, pinned(other), at)), [{ reason: /does not take over from/u }])

  const suspended = must(act(root().instance, 'campaign.suspend', { reason: 'x' }, on('04-05 09:00')))
  t.equal(codeOf(migrate(suspended.instance, pinned(second()), at)), 'campaign_suspended')
  const over = must(act(root().instance, 'campaign.cancel', { reason: 'x' }, on('04-05 09:00')))
  t.equal(codeOf(migrate(over.instance, pinned(second()), at)), 'campaign_over')
  const alone = act(root().instance, 'campaign.migrate', { version: 1, reason: 'x' }, at)
  t.equal(codeOf(alone), 'cannot_migrate', 'where there is nothing that it came from')
  const wrong = stage(second(), pinned(second()).campaign).take(
    instance,
    { type: 'act', at, act: 'campaign.migrate', payload: { version: 3, reason: 'x' }, cause },
    first,
  )
  t.equal(codeOf(wrong), 'cannot_migrate', 'another version than was asked for')
})

void t.test('the proof says of an instance what the act will do', async (t) => {
  const v2 = pinned(second())
  const { instance } = unit()
  const proof = takeOver(first, v2, instance, on('04-10 09:00'))
  const done = must(migrate(instance, v2, on('04-10 09:00')))
  t.ok(proof.ok)
  if (proof.ok) t.strictSame(proof.state, done.instance.state)
})

/** A unit that was migrated in the middle of its life, as it is kept. */
function story(two: PinnedDefinition): { history: StoredTransition[]; last: Done } {
  const opened = unit()
  const migrated = must(migrate(opened.instance, two, on('04-10 09:00')))
  const last = must(
    stage(two.definition, two.campaign).say(migrated.instance, 'report.submit', { risks: [] }, on('04-11 09:00')),
  )
  const history = [opened, migrated, last].map(({ instance: { version }, record, hash }) => ({
    version,
    record,
    hash,
  }))
  return { history, last }
}

void t.test('a replay changes version with the act, and with nothing else', async (t) => {
  const two = pinned(second((plan) => (plan.dates.reports.due = '04-24')))
  const { history, last } = story(two)
  const names = new Map([inspection, two.definition].map((one) => [one.name, one]))
  const pins = pinnedDefinitions(facts, [two.definition.name], (name) => names.get(name))
  const others = (name: string): PinnedDefinition | undefined => pins.get(name)
  const good = replay(inspection, facts, history, undefined, others)
  t.strictSame([good.mismatch, good.steps], [null, 3])
  t.strictSame(good.instance, last.instance)
  t.equal(good.pinned.definition.name, 'small-inspection@2')

  t.match(replay(inspection, facts, history).mismatch, {
    version: 2,
    what: 'definition',
    detail: /small-inspection@2.*not at hand/u,
  })
  const born = stage(two.definition, two.campaign).unit(on('04-12 09:00'))
  const kept = { version: 1, record: born.record, hash: born.hash }
  t.equal(replay(inspection, facts, [kept], undefined, others).mismatch, null, 'opened after it')

  const crept = must(
    stage(two.definition, two.campaign).say(unit().instance, 'report.submit', { risks: [] }, on('04-11 09:00')),
  )
  const quiet = [history[0] as StoredTransition, { version: 2, record: crept.record, hash: crept.hash }]
  t.match(replay(inspection, facts, quiet, undefined, others).mismatch, {
    version: 2,
    what: 'definition',
  })
})

void t.test('a transcript tells each line in the words of its version', async (t) => {
  const two = pinned(
    second(
      (plan) => {
        rename(plan, 'unit', 'checking', 'selfCheck')
        plan.kinds['unit']!.spec.states.selfCheck.meta.title = {
          zh: '逐项自查',
          en: 'Going through',
        }
      },
      { unit: { states: { checking: 'selfCheck' } } },
    ),
  )
  const { history } = story(two)
  const transitions = history.map(({ record }) => JSON.parse(record))
  const versions = (name: string): PinnedDefinition | undefined => (name === two.definition.name ? two : undefined)
  t.equal(
    transcript(inspection, facts, transitions, { locale: 'zh', versions }),
    `2026-04-01 09:00  政策法规股  〔开始〕：自查中
2026-04-10 09:00  政策法规股  〔转用新版本〕 随上级：《小检查》第 2 版，理由：县里新通知：自查中 → 逐项自查
2026-04-11 09:00  政策法规股  〔报送〕 zhang（经办人）：逐项自查 → 已报送
`,
  )
  t.match(
    transcript(inspection, facts, transitions, { locale: 'en', versions }),
    /\[Migrate\] from above: «Small inspection», version 2, reason: 县里新通知: Checking → Going through/u,
  )
})

function mistakes(takesOver: object, version = 2): string[] {
  try {
    define({ ...draft(), version, takesOver })
    return []
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error
    return error.mistakes.map(({ path, reason }) => `${path}: ${reason}`)
  }
}

void t.test('what cannot be taken over shows when the definition is loaded', async (t) => {
  t.strictSame(mistakes({ 1: {} }), [])
  t.strictSame(mistakes({ 1: { unit: { states: { anything: 'checking' } } } }), [])
  t.match(mistakes({ 2: {} }), [/takesOver\.2: version 2 can take over only from earlier ones/u])
  t.match(mistakes({ 1: { office: {} } }), [/takesOver\.1\.office: there is no kind «office»/u])
  t.match(mistakes({ 1: { unit: { states: { a: 'b' } } } }), [
    /takesOver\.1\.unit\.states\.a: «unit» has no state «b»/u,
  ])
  t.match(mistakes({ 1: { unit: { states: { a: 'done' } } } }), [/«done» is the end/u])
  t.match(mistakes({ one: {} }), [/the number of a version/u])
  t.match(mistakes({ 1: { unit: { context: {} } } }), [/must be a function/u])
  t.match(mistakes({ 1: { unit: { rename: {} } } }), [/has no «rename»/u])
})

void t.test('the fingerprint covers what is taken over, and is as ever without it', async (t) => {
  const prints = new Set([
    define({ ...draft(), version: 2 }).fingerprint,
    second().fingerprint,
    second(() => {}, { unit: { states: { checking: 'late' } } }).fingerprint,
    second(() => {}, { unit: { context: (old: object) => old } }).fingerprint,
  ])
  t.equal(prints.size, 4)
  t.notOk('takesOver' in inspection.document)
})

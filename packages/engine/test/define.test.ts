import t from 'tap'
import { z } from 'zod'
import { defineCampaign, DefinitionError, notify, open, personId, tell } from '../src/index.ts'
import { define, draft, type Draft } from './inspection.ts'

type Told = { path: string; reason: string }

function mistakesIn(change: (draft: Draft) => void): Told[] {
  const broken = draft()
  change(broken)
  try {
    define(broken)
    return []
  } catch (error) {
    if (error instanceof DefinitionError) return error.mistakes
    throw error
  }
}

const campaign = (d: Draft) => d.kinds['campaign']!.spec
const unit = (d: Draft) => d.kinds['unit']!.spec
const finding = (d: Draft) => d.kinds['finding']!.spec
const words = { zh: '某', en: 'Some' }
const leaf = (more: object = {}) => ({ meta: { title: words }, ...more })

type Case = [what: string, change: (d: Draft) => void, path: string, reason: RegExp]
const inline = () => ({})

const cases: Case[] = [
  // identity
  ['an id with capitals', (d) => (d['id'] = 'Small'), 'id', /lower-case words/u],
  ['version zero', (d) => (d['version'] = 0), 'version', /expected number to be >0/u],
  ['half a title', (d) => (d['title'] = { zh: '某' }), 'title.en', /expected string/u],
  ['a misspelt table', (d) => (d['command'] = {}), '', /has no «command»/u],

  // names
  ['a role with a bad name', (d) => (d.roles['Lead-er'] = d.roles.lead), 'roles.Lead-er', /camelCase/u],
  ['a date with a dot', (d) => (d.dates['a.b'] = d.dates.reports), 'dates.a.b', /camelCase/u],
  ['a command of one word', (d) => (d.commands.submit = d.commands['check.begin']), 'commands.submit', /thing\.verb/u],
  ['a state with a dot', (d) => (unit(d).states['a.b'] = leaf()), 'machines.unit.a.b', /camelCase/u],

  // roles and dates
  ['an unknown scope', (d) => (d.roles.lead.scope = 'county'), 'roles.lead.scope', /Invalid option/u],
  ['a recusal that is none', (d) => (d.roles.lead.recused = 'friends'), 'roles.lead.recused', /ownUnit/u],
  [
    'a role that can do nothing',
    (d) => (d.roles.guest = { title: words, scope: 'unit' }),
    'roles.guest',
    /can do nothing/u,
  ],
  ['a date that nothing uses', (d) => (d.dates.idle = { title: words, due: '06-01' }), 'dates.idle', /nothing uses/u],
  ['a rule that cannot be read', (d) => (d.dates.reports.due = 'soon'), 'dates.reports.due', /cannot read/u],
  [
    'a date that counts from no date',
    (d) => (d.dates.reports.due = 'nowhere + 2 days'),
    'dates.reports.due',
    /no date «nowhere»/u,
  ],
  [
    'dates that count from each other',
    (d) => (d.dates.reports.due = 'reviewOpens - 1 day'),
    'dates.reports.due',
    /count from each other/u,
  ],
  ['a reminder after the date', (d) => (d.dates.reports.remind = ['+1 day']), 'dates.reports.remind.0', /reminder/u],
  [
    'an order against an instance’s own date',
    (d) => (d.dates.reviewed.notBefore = 'rectified'),
    'dates.reviewed.notBefore',
    /no order/u,
  ],
  ['a misspelt key of a date', (d) => (d.dates.reports.rol = 'none'), 'dates.reports', /has no «rol»/u],

  // commands
  [
    'a command by an unknown role',
    (d) => d.commands['check.begin'].by.push('boss'),
    'commands.check.begin.by',
    /no role «boss»/u,
  ],
  [
    'a command by a role called like a method',
    (d) => d.commands['check.begin'].by.push('toString'),
    'commands.check.begin.by',
    /no role «toString»/u,
  ],
  ['a command by nobody', (d) => (d.commands['check.begin'].by = []), 'commands.check.begin.by', /Too small/u],
  [
    'four eyes with an unknown command',
    (d) => (d.commands['finding.close'].notBy = ['finding.fix']),
    'commands.finding.close.notBy',
    /no command «finding.fix»/u,
  ],
  [
    'a window that opens on an unknown date',
    (d) => (d.commands['check.begin'].opens = 'never'),
    'commands.check.begin.opens',
    /no date «never»/u,
  ],
  [
    'a window until an instance’s own date',
    (d) => (d.commands['finding.rectify'].until = 'rectified'),
    'commands.finding.rectify.until',
    /differs for each instance/u,
  ],
  [
    'a command that no state accepts',
    (d) => (d.commands['check.skip'] = { title: words, by: ['lead'], payload: z.strictObject({}) }),
    'commands.check.skip',
    /no state accepts/u,
  ],
  [
    'a command with an act’s name',
    (d) => (d.commands['campaign.extend'] = d.commands['check.begin']),
    'commands.campaign.extend',
    /kept for the acts/u,
  ],
  [
    'a command with a tally’s name',
    (d) => (d.commands['every.unit.reported'] = d.commands['check.begin']),
    'commands.every.unit.reported',
    /kept for the acts/u,
  ],
  [
    'a command with the name of xstate’s events',
    (d) => (d.commands['xstate.init'] = d.commands['check.begin']),
    'commands.xstate.init',
    /kept for the acts/u,
  ],
  [
    'a command and a message of one name',
    (d) => (d.messages['check.begin'] = { title: words }),
    'commands.check.begin',
    /message has the same name/u,
  ],
  [
    'a unit’s role that is recused from its unit',
    (d) => (d.roles.reporter.recused = 'ownUnit'),
    'commands.report.submit.by',
    /leaves nobody/u,
  ],
  [
    'a command of units’ roles that only the root accepts',
    (d) => (d.commands['check.begin'].by = ['reporter']),
    'commands.check.begin.by',
    /belongs to no unit/u,
  ],

  // payloads
  [
    'a payload that asks for the holder of a role that is not there',
    (d) => (d.commands['report.submit'].payload = z.strictObject({ expert: personId('expert') })),
    'commands.report.submit.payload',
    /no role «expert»/u,
  ],
  [
    'a payload that is no schema',
    (d) => (d.commands['check.begin'].payload = { type: 'object' }),
    'commands.check.begin.payload',
    /zod schema/u,
  ],
  ...Object.entries({
    'a date object': z.strictObject({ on: z.date() }),
    'a map': z.map(z.string(), z.string()),
    'something custom': z.strictObject({ it: z.custom(() => true) }),
    'a big integer': z.bigint(),
    'a transform': z.strictObject({ n: z.string().transform(Number) }),
    'a pipe of a transform': z.string().transform(Number).pipe(z.number()),
    'a text that becomes a truth value': z.strictObject({ yes: z.stringbool() }),
    'something preprocessed': z.preprocess((value) => value, z.string()),
    'a file': z.file(),
    'a promise': z.promise(z.string()),
  }).map(([what, payload]): Case => [
    `a payload with ${what}`,
    (d) => (d.commands['check.begin'].payload = payload),
    'commands.check.begin.payload',
    /must be plain JSON/u,
  ]),
  [
    'a message with a payload that is no JSON',
    (d) => (d.messages['unit.late'].payload = z.date()),
    'messages.unit.late.payload',
    /must be plain JSON/u,
  ],

  // messages
  [
    'a message that nobody sends',
    (d) => {
      d.messages['lead.absent'] = { title: words }
      campaign(d).on['lead.absent'] = { actions: 'addLate' }
    },
    'messages.lead.absent',
    /nobody sends/u,
  ],
  ['a message that nobody hears', (d) => delete campaign(d).on['unit.late'], 'messages.unit.late', /no state hears/u],
  [
    'a message that its receiver does not hear',
    (d) => delete campaign(d).on['unit.late'],
    'machines.unit.late.entry',
    /no state of «campaign» hears/u,
  ],
  [
    'a message with a reserved name',
    (d) => (d.messages['atLeast.some'] = { title: words }),
    'messages.atLeast.some',
    /kept for events/u,
  ],

  // what xstate would accept in silence
  [
    'invoke',
    (d) => (campaign(d).states.preparing.invoke = { src: 'fetch' }),
    'machines.campaign.preparing',
    /has no «invoke»/u,
  ],
  [
    'onDone of a state that holds no final one',
    (d) => (campaign(d).states.preparing.onDone = 'closed'),
    'machines.campaign.preparing.onDone',
    /is never done/u,
  ],
  ['a misspelt key of a state', (d) => (unit(d).states.late.tag = 'x'), 'machines.unit.late', /has no «tag»/u],
  [
    'a misspelt key of an arrow',
    (d) => (unit(d).states.checking.on['report.submit'].cond = 'x'),
    'machines.unit.checking.on.report.submit',
    /has no «cond»/u,
  ],
  [
    'a delay in milliseconds',
    (d) => (unit(d).states.checking.after = { 1000: 'late' }),
    'machines.unit.checking.after.1000',
    /only named dates/u,
  ],
  [
    'an inline guard',
    (d) => (unit(d).states.checking.on['report.submit'].guard = () => true),
    'machines.unit.checking.on.report.submit.guard',
    /name of a guard/u,
  ],
  ['an inline action', (d) => (unit(d).states.late.entry = inline), 'machines.unit.late.entry', /inline functions/u],
  [
    'an inline action in a list',
    (d) => unit(d).states.late.entry.push(inline),
    'machines.unit.late.entry.2',
    /inline functions/u,
  ],
  [
    'an inline action of an arrow',
    (d) => (unit(d).states.checking.on['report.submit'].actions = inline),
    'machines.unit.checking.on.report.submit.actions',
    /inline functions/u,
  ],
  [
    'an action of xstate’s',
    (d) => (unit(d).states.late.entry = { type: 'xstate.spawnChild', params: {} }),
    'machines.unit.late.entry',
    /inline functions/u,
  ],
  [
    'parameters that are computed',
    (d) => (unit(d).states.late.entry = { type: 'duban.tell', params: () => ({}) }),
    'machines.unit.late.entry.params',
    /expected object/u,
  ],
  [
    'an arrow to two states',
    (d) => (unit(d).states.checking.on['report.submit'] = { target: ['late', 'reported'] }),
    'machines.unit.checking.on.report.submit.target',
    /one state/u,
  ],
  [
    'a wildcard',
    (d) => (unit(d).states.checking.on['*'] = 'late'),
    'machines.unit.checking.on.*',
    /no command, message or tally/u,
  ],
  [
    'a partial wildcard',
    (d) => (unit(d).states.checking.on['report.*'] = 'late'),
    'machines.unit.checking.on.report.*',
    /no command, message or tally/u,
  ],
  [
    'a guard that is no function',
    (d) => (d.kinds['unit']!.guards.odd = true),
    'machines.unit.guards.odd',
    /must be a function/u,
  ],

  // machines
  [
    'no root',
    (d) => {
      d.kinds = { unit: d.kinds['unit']! }
    },
    'machines',
    /machine «campaign»/u,
  ],
  ['a state without a title', (d) => delete unit(d).states.late.meta, 'machines.unit.late', /needs meta\.title/u],
  ['no initial state', (d) => delete unit(d).initial, 'machines.unit.initial', /must be one of checking/u],
  [
    'an initial state that is not there',
    (d) => (unit(d).initial = 'starting'),
    'machines.unit.initial',
    /must be one of checking/u,
  ],
  [
    'a misspelt command',
    (d) => (unit(d).states.checking.on['report.submitt'] = 'reported'),
    'machines.unit.checking.on.report.submitt',
    /no command, message or tally/u,
  ],
  [
    'an event called like a method',
    (d) => (unit(d).states.checking.on['constructor'] = 'reported'),
    'machines.unit.checking.on.constructor',
    /no command, message or tally/u,
  ],
  [
    'a misspelt date',
    (d) => (unit(d).states.checking.after = { report: 'late' }),
    'machines.unit.checking.after.report',
    /no date «report»/u,
  ],
  [
    'a misspelt target',
    (d) => (unit(d).states.checking.after.reports = 'tardy'),
    'machines.unit.checking.after.reports',
    /tardy/u,
  ],
  [
    'a misspelt guard',
    (d) => (unit(d).states.reported.on['review.record'][0].guard = 'hasFinding'),
    'machines.unit.reported.on.review.record.guard',
    /no guard «hasFinding»/u,
  ],
  [
    'a misspelt update',
    (d) => (unit(d).states.checking.on['report.submit'].actions = 'keep'),
    'machines.unit.checking.on.report.submit.actions',
    /no update «keep»/u,
  ],
  [
    'an update called like a method',
    (d) => (unit(d).states.checking.on['report.submit'].actions = 'valueOf'),
    'machines.unit.checking.on.report.submit.actions',
    /no update «valueOf»/u,
  ],
  [
    'a date that leads nowhere and does nothing',
    (d) => (unit(d).states.checking.after.reports = {}),
    'machines.unit.checking.after.reports',
    /does nothing/u,
  ],
  [
    'a final state with arrows',
    (d) => (unit(d).states.done.on = { 'check.reminded': 'late' }),
    'machines.unit.done',
    /final state has no arrows/u,
  ],
  [
    'a parallel state without regions',
    (d) => (unit(d).states.late = leaf({ type: 'parallel', on: unit(d).states.late.on })),
    'machines.unit.late',
    /needs regions/u,
  ],
  [
    'an endless loop at the start',
    (d) => {
      campaign(d).states.preparing.always = 'turning'
      campaign(d).states.turning = leaf({ always: 'preparing' })
    },
    'machines.campaign',
    /Infinite loop/u,
  ],

  // reaching and leaving
  [
    'a state that nothing leads to',
    (d) => (unit(d).states.lost = leaf({ on: { 'report.submit': 'done' } })),
    'machines.unit.lost',
    /no arrow leads/u,
  ],
  [
    'a state that only itself leads to',
    (d) => (unit(d).states.lost = leaf({ on: { 'report.submit': 'lost', 'review.record': 'done' } })),
    'machines.unit.lost',
    /no arrow leads/u,
  ],
  [
    'a history that nothing leads to',
    (d) => (unit(d).states.back = { type: 'history' }),
    'machines.unit.back',
    /no arrow leads/u,
  ],
  [
    'a state that nobody can leave',
    (d) => delete unit(d).states.rectifying.on,
    'machines.unit.rectifying',
    /nobody can leave/u,
  ],
  [
    'a state that only leads to itself',
    (d) => (finding(d).states.overdue.on = { 'finding.rectify': { target: 'overdue', reenter: true } }),
    'machines.finding.overdue',
    /nobody can leave/u,
  ],
  [
    'an end of a part, and no way on',
    (d) =>
      (unit(d).states.rectifying = leaf({
        initial: 'a',
        states: { a: leaf({ on: { 'every.finding.closed': 'b' } }), b: leaf({ type: 'final' }) },
      })),
    'machines.unit.rectifying.b',
    /a part of the machine only/u,
  ],

  // context
  ...Object.entries({
    'a date': { on: new Date(0) },
    'a map': { table: new Map() },
    'nothing at all': { it: undefined },
    'an infinite number': { n: [1, Infinity] },
    'a function': { run: inline },
    'a character that no database keeps': { name: 'a\u0000b' },
    'half a character': { name: '\uD800' },
  }).map(([what, context]): Case => [
    `a context with ${what}`,
    (d) => (campaign(d).context = context),
    'machines.campaign.context',
    /must be plain JSON/u,
  ]),
  ['a context that is a list', (d) => (campaign(d).context = []), 'machines.campaign.context', /must be an object/u],
  [
    'a computed context that is no JSON',
    (d) => (unit(d).context = () => ({ at: new Date(0) })),
    'machines.unit.context',
    /must be plain JSON; it is not at \/at/u,
  ],
  [
    'a root that wants what the facts do not hold',
    (d) => (campaign(d).context = ({ input }: any) => ({ late: input.late.on })),
    'machines.campaign',
    /undefined/u,
  ],

  // what instances do to each other
  [
    'opening an unknown kind',
    (d) => (campaign(d).states.reporting.entry = open('office')),
    'machines.campaign.reporting.entry',
    /no kind «office»/u,
  ],
  ['a kind that nobody opens', (d) => (d.kinds['idle'] = d.kinds['finding']!), 'machines.idle', /nobody opens/u],
  [
    'kinds that only open each other',
    (d) => {
      d.kinds['left'] = {
        ...d.kinds['finding']!,
        spec: { ...finding(d), entry: open('right', { each: 'payload' }) },
      }
      d.kinds['right'] = {
        ...d.kinds['finding']!,
        spec: { ...finding(d), entry: open('left', { each: 'payload' }) },
      }
    },
    'machines.left',
    /nobody opens/u,
  ],
  [
    'a kind that opens itself',
    (d) => (finding(d).states.overdue.entry = open('finding', { each: 'payload' })),
    'machines.finding.overdue.entry',
    /cannot open itself/u,
  ],
  [
    'a kind that opens itself through another',
    (d) => (finding(d).states.overdue.entry = open('unit')),
    'machines.finding.overdue.entry',
    /cannot open itself/u,
  ],
  [
    'opening the root',
    (d) => unit(d).states.late.entry.push(open('campaign')),
    'machines.campaign',
    /root cannot be opened/u,
  ],
  [
    'a list that is no path',
    (d) =>
      (unit(d).states.reported.on['review.record'][0].actions = open('finding', {
        each: 'findings' as never,
      })),
    'machines.unit.reported.on.review.record.0.actions.params.each',
    /no path/u,
  ],
  [
    'telling an unknown message',
    (d) => (unit(d).states.late.entry = tell('parent', 'unit.lateish')),
    'machines.unit.late.entry',
    /no message «unit.lateish»/u,
  ],
  [
    'a root that tells its parent',
    (d) => (campaign(d).states.concluding.entry = tell('parent', 'unit.late')),
    'machines.campaign.concluding.entry',
    /no parent/u,
  ],
  [
    'telling children that one has not',
    (d) => (finding(d).states.overdue.entry = tell({ children: 'unit' }, 'check.reminded')),
    'machines.finding.overdue.entry',
    /opens none/u,
  ],
  [
    'telling what is no path',
    (d) => (unit(d).states.late.entry[0] = tell('parent', 'unit.late', { unit: 'unit' as never })),
    'machines.unit.late.entry.0.params.data.unit',
    /no path/u,
  ],
  [
    'notifying an unknown role',
    (d) => (unit(d).states.late.entry[1] = notify('boss', words)),
    'machines.unit.late.entry',
    /no role «boss»/u,
  ],
  [
    'a notice with an unknown placeholder',
    (d) => (unit(d).states.late.entry[1] = notify('lead', { zh: '{units}', en: '{unit}' })),
    'machines.unit.late.entry',
    /nothing fills «\{units\}»/u,
  ],
  [
    'a notice in one language',
    (d) => (unit(d).states.late.entry[1] = notify('lead', { zh: '某', en: '' })),
    'machines.unit.late.entry.1.params.text.en',
    /Too small/u,
  ],

  // tallies
  [
    'counting an unknown kind',
    (d) => (campaign(d).states.reporting.on = { 'every.office.reported': 'reviewing' }),
    'machines.campaign.reporting.on.every.office.reported',
    /no kind «office»/u,
  ],
  [
    'counting a tag that nobody carries',
    (d) => (campaign(d).states.reporting.on = { 'every.unit.told': 'reviewing' }),
    'machines.campaign.reporting.on.every.unit.told',
    /carries the tag «told»/u,
  ],
  [
    'counting children that one has not',
    (d) => (finding(d).states.rectified.on['every.unit.reported'] = 'closed'),
    'machines.finding.rectified.on.every.unit.reported',
    /opens none/u,
  ],
  [
    'a share above all',
    (d) => (campaign(d).states.reporting.on = { 'atLeast.101%.unit.reported': 'reviewing' }),
    'machines.campaign.reporting.on.atLeast.101%.unit.reported',
    /no command, message or tally/u,
  ],
]

void t.test('a mistake is refused at load, where it is and why', async (t) => {
  for (const [what, change, path, reason] of cases) {
    const mistakes = mistakesIn(change)
    t.ok(
      mistakes.some((one) => one.path === path && reason.test(one.reason)),
      what,
      { mistakes, path, reason: String(reason) },
    )
  }
})

void t.test('several mistakes are told together, in one readable message', async (t) => {
  const mistakes = mistakesIn((d) => {
    d.commands['check.begin'].by = ['boss']
    d.dates.reports.due = 'soon'
    unit(d).states.checking.after = { report: 'late' }
    unit(d).states.lost = leaf()
  })
  for (const path of [
    'commands.check.begin.by',
    'dates.reports.due',
    'machines.unit.checking.after.report',
    'machines.unit.lost',
  ]) {
    t.ok(
      mistakes.some((one) => one.path === path),
      path,
    )
  }
  const error = new DefinitionError('x', [{ path: 'a.b', reason: 'because' }])
  t.equal(error.message, 'definition x has 1 mistake(s):\n  a.b: because')
})

void t.test('a guard made for one command is refused on another', async (t) => {
  const payload = z.strictObject({ n: z.int() })
  const build = (event: 'item.take' | 'item.leave') =>
    defineCampaign({
      id: 'made-for',
      version: 1,
      title: words,
      roles: { lead: { title: words, scope: 'campaign' } },
      dates: {},
      commands: {
        'item.take': { title: words, by: ['lead'], payload },
        'item.leave': { title: words, by: ['lead'], payload },
      },
      machines: ({ machine, on }) => ({
        campaign: machine<{ n: number }>({
          guards: { some: on('item.take', ({ payload }) => payload.n > 0) },
          updates: { keep: on('item.take', ({ payload }) => ({ n: payload.n })) },
        }).createMachine({
          meta: { title: words },
          context: { n: 0 },
          initial: 'a',
          states: {
            a: leaf({
              on: {
                'item.take': 'b',
                'item.leave': 'b',
                [event]: { target: 'b', guard: 'some', actions: 'keep' },
              },
            }),
            b: leaf({ type: 'final' }),
          },
        }),
      }),
    })
  t.doesNotThrow(() => build('item.take'))
  t.throws(() => build('item.leave'), { message: /«some» was made for «item.take»/u })
  t.throws(() => build('item.leave'), { message: /«keep» was made for «item.take»/u })
})

void t.test('good definitions of many shapes are accepted', async (t) => {
  const accepted = (what: string, change: (d: Draft) => void): void => {
    t.strictSame(mistakesIn(change), [], what)
  }
  accepted('the inspection itself', () => {})
  accepted('regions beside each other, left by an arrow of one', (d) => {
    finding(d).states.overdue = leaf({
      type: 'parallel',
      states: {
        work: leaf({
          initial: 'doing',
          states: {
            doing: leaf({ on: { 'finding.rectify': '#finding.rectified' } }),
          },
        }),
        pressure: leaf({
          initial: 'calm',
          states: { calm: leaf({ on: { 'finding.return': 'high' } }), high: leaf() },
        }),
      },
    })
  })
  accepted('a root of regions that end one by one', (d) => {
    d.kinds['finding']!.spec = {
      meta: { title: words },
      type: 'parallel',
      states: {
        paper: leaf({
          initial: 'missing',
          states: {
            missing: leaf({ on: { 'finding.rectify': 'there' } }),
            there: leaf({ type: 'final', tags: 'closed' }),
          },
        }),
        visit: leaf({
          initial: 'due',
          states: {
            due: leaf({
              on: { 'finding.close': 'made', 'finding.return': 'due' },
              after: { rectified: 'made' },
            }),
            made: leaf({ type: 'final' }),
          },
        }),
      },
    }
  })
  accepted('states in states, entered deep and left from outside', (d) => {
    unit(d).states.rectifying = leaf({
      tags: 'reported',
      initial: 'planning',
      states: { planning: leaf({ always: 'doing' }), doing: leaf() },
      on: { 'every.finding.closed': 'done' },
    })
    unit(d).states.late.on['review.record'][0].target = 'rectifying.doing'
  })
  accepted('an end of a part that an arrow around leaves', (d) => {
    unit(d).states.rectifying = leaf({
      initial: 'a',
      states: { a: leaf({ always: 'b' }), b: leaf({ type: 'final' }) },
      on: { 'every.finding.closed': 'done' },
    })
  })
  accepted('a history that leads back', (d) => {
    unit(d).states.working = leaf({
      initial: 'first',
      states: {
        first: leaf({ on: { 'check.reminded': 'second' } }),
        second: leaf(),
        last: { type: 'history', history: 'deep' },
      },
      on: { 'report.submit': 'reported' },
      after: { reports: 'late' },
    })
    unit(d).initial = 'working'
    unit(d).states.checking.on['report.submit'].target = 'working.last'
    unit(d).states.late.on['report.submit'] = 'checking'
  })
  accepted('a state reached through its inside first, and for itself later', (d) => {
    unit(d).states.rectifying = leaf({
      tags: 'reported',
      initial: 'planning',
      states: { planning: leaf(), doing: leaf() },
      on: { 'every.finding.closed': 'done' },
    })
    unit(d).states.checking.on['review.record'] = 'rectifying.doing'
  })
  accepted('choices without an event, behind guards', (d) => {
    finding(d).states.open.always = [{ target: 'overdue', guard: 'hard' }]
    d.kinds['finding']!.guards.hard = ({ context }: any) => context.name === 'hard'
  })
  accepted('an arrow that silences what a state around would do', (d) => {
    unit(d).states.late.on['check.reminded'] = {}
  })
  accepted('names that JavaScript knows', (d) => {
    d.dates.constructor = { title: words, due: '06-01' }
    d.commands['to.string'] = { title: words, by: ['toString'], payload: z.strictObject({}) }
    d.roles.toString = { title: words, scope: 'campaign' }
    d.kinds['finding']!.spec.states.constructor = leaf({ on: { 'to.string': 'closed' } })
    finding(d).states.overdue.after = { constructor: 'constructor' }
  })
  accepted('payloads of many shapes, all JSON', (d) => {
    d.commands['check.begin'].payload = z.strictObject({
      text: z.string().trim().max(100),
      some: z.union([z.literal('a'), z.int()]).nullable(),
      list: z.array(z.strictObject({ on: z.iso.date() })).readonly(),
      table: z.record(z.string(), z.number()),
      rest: z.json().optional(),
      many: z.discriminatedUnion('type', [z.strictObject({ type: z.literal('x') })]).default({ type: 'x' }),
    })
  })
})

const of = (change: (d: Draft) => void = () => {}): string => {
  const changed = draft()
  change(changed)
  return define(changed).fingerprint
}

void t.test('the fingerprint covers all that is declarative, and nothing else', async (t) => {
  const same = of()
  t.equal(of(), same, 'it is the same each time')
  t.equal(
    of((d) => (d.dates = Object.fromEntries(Object.entries(d.dates).toReversed()))),
    same,
    'the order of tables means nothing',
  )
  t.equal(
    of((d) => (d.kinds['unit']!.guards.hasFindings = () => true)),
    same,
    'code is pinned by replay',
  )
  const changes: { [what: string]: (d: Draft) => void } = {
    title: (d) => (d['title'] = words),
    'a date': (d) => (d.dates.reports.due = '04-19'),
    'who may': (d) => d.commands['report.submit'].by.push('lead'),
    'a payload': (d) => (d.commands['check.conclude'].payload = z.strictObject({ a: z.string() })),
    'an arrow': (d) => (finding(d).states.overdue.on['finding.rectify'] = 'closed'),
    'the order of arrows': (d) =>
      (unit(d).states.late.on['review.record'] = unit(d).states.late.on['review.record'].toReversed()),
    'a notice': (d) => (unit(d).states.late.entry[1] = notify('lead', words)),
    'the name of a guard': (d) => (d.kinds['unit']!.guards.more = () => true),
    'a first context': (d) => (campaign(d).context = { late: ['x'] }),
  }
  for (const [what, change] of Object.entries(changes)) t.not(of(change), same, what)
})

const regions = (names: string[]): string =>
  of((d) => {
    finding(d).states.overdue = leaf({
      type: 'parallel',
      on: { 'finding.rectify': 'rectified' },
      states: Object.fromEntries(names.map((name) => [name, leaf()])),
    })
  })

void t.test('the order of regions is part of the fingerprint, because they act in it', async (t) => {
  t.not(regions(['a', 'b']), regions(['b', 'a']))
})

const freezeTables = (value: any): void => {
  if (typeof value !== 'object' || value === null || value instanceof z.ZodType) return
  Object.freeze(value)
  for (const inside of Object.values(value)) freezeTables(inside)
}

void t.test('what an author wrote is left as it was', async (t) => {
  const written = draft()
  freezeTables(written)
  t.doesNotThrow(() => define(written))
})

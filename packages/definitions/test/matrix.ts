import {
  authorize,
  planCampaign,
  summarize,
  type Assignment,
  type CampaignFacts,
  type Definition,
  type InstanceState,
  type JsonObject,
} from '@duban/engine'

// Two offices below a bureau; whoever holds a role belongs to the first, so that recusal shows.
const OWN = 'own'
const OTHER = 'other'

/**
 * Who may do what in which state, as text to be reviewed: for each kind a table of command × role against
 * the states, decided by `authorize` and the machine, within the command's window.
 *
 * `+` may · `r` may, but not for their own unit · `.` may not. A role without a line may never. Where a command
 * is only for somebody named in the context, that person is asked.
 */
export function matrix(definition: Definition, startsOn: string): string {
  const planned = planCampaign(definition, {
    id: '00000000-0000-8000-8000-000000000000',
    title: definition.id,
    startsOn,
    timezone: 'Asia/Shanghai',
    organiser: { unit: 'bureau', path: ['bureau'] },
    units: [OWN, OTHER].map((id) => ({ id, title: { zh: id, en: id }, path: ['bureau', id] })),
    assignments: [],
  })
  if (!planned.ok) throw new Error(JSON.stringify(planned.refusal))
  return Object.keys(definition.kinds)
    .map((kind) => tableOf(definition, planned.facts, kind))
    .join('\n')
}

function tableOf(definition: Definition, facts: CampaignFacts, kind: string): string {
  const states = statesOf(definition, kind)
  const lines = Object.keys(definition.commands).flatMap((command) =>
    Object.keys(definition.roles).flatMap((role) => {
      const cells = states.map(({ state }) => cell(definition, facts, kind, state, command, role))
      return cells.every((one) => one === '.') ? [] : [{ command, role, cells }]
    }),
  )
  const wide = Math.max(0, ...lines.map(({ command }) => command.length)) + 2
  const letters = lettersFor(states.length)
  const column = Math.max(...letters.map(({ length }) => length))
  const columns = (cells: string[]): string => cells.map((one) => one.padEnd(column)).join(' ')
  const legend = states.map(({ id }, index) => `  ${(letters[index] ?? '').padEnd(column)} ${id}`).join('\n')
  const head = `${' '.repeat(wide + 12)}${columns(letters)}   window`
  const rows = lines.map(
    ({ command, role, cells }) =>
      `${command.padEnd(wide)}${role.padEnd(12)}${columns(cells)}   ${windowOf(definition, command)}`,
  )
  return `${kind}\n${legend}\n\n${head}\n${rows.map((row) => row.trimEnd()).join('\n')}\n`
}

function letter(index: number): string {
  return String.fromCodePoint('a'.codePointAt(0)! + index)
}

/** `a`, `b` … for so many states; the four signs behind `z` as long as they do, else `aa`, `ab` … after `z`. */
export function lettersFor(states: number): string[] {
  const signs = Array.from({ length: states }, (_, index) => index)
  if (states <= 30) return signs.map(letter)
  return signs.map((index) => {
    const before = Math.floor(index / 26)
    return `${before === 0 ? '' : letter(before - 1)}${letter(index % 26)}`
  })
}

function windowOf(definition: Definition, command: string): string {
  const { opens, until, only } = definition.commands[command] ?? {}
  return [opens && `from ${opens}`, until && `until ${until}`, only && `only ${only}`].filter(Boolean).join(' ')
}

/** Every leaf state, with an instance that stands in it. */
function statesOf(definition: Definition, kind: string): { id: string; state: InstanceState }[] {
  const all = definition.kinds[kind]?.states ?? []
  const leaves = all.filter(({ id, spec }) => id !== '' && spec.states === undefined)
  return leaves.map(({ id, spec }) => {
    const final = spec.type === 'final' && !id.includes('.')
    const snapshot = {
      status: final ? 'done' : 'active',
      value: valueOf(id),
      context: namedContext(definition),
    }
    return {
      id,
      state: {
        status: final ? 'done' : 'active',
        snapshot,
        timers: {},
        adjustments: [],
        performedBy: {},
      },
    }
  })
}

/** A context in which the person who is asked is named wherever a command looks. */
function namedContext(definition: Definition): JsonObject {
  const context: JsonObject = {}
  for (const { only } of Object.values(definition.commands)) {
    const [, ...path] = only?.split('.') ?? []
    const last = path.pop()
    let at = context
    for (const key of path) at = (at[key] ??= {}) as JsonObject
    if (last !== undefined) at[last] = 'somebody'
  }
  return context
}

function valueOf(id: string): JsonObject | string {
  const [first = '', ...rest] = id.split('.')
  return rest.length === 0 ? first : { [first]: valueOf(rest.join('.')) }
}

function cell(
  definition: Definition,
  facts: CampaignFacts,
  kind: string,
  state: InstanceState,
  command: string,
  role: string,
): '+' | 'r' | '.' {
  const compiled = definition.kinds[kind]
  if (!compiled || state.status === 'done') return '.'
  if (!summarize(compiled, state).accepts.includes(command)) return '.'
  const scope = definition.roles[role]?.scope
  const may = (unit: string): boolean => {
    const assignment: Assignment = {
      id: '00000000-0000-8000-8000-000000000001',
      role,
      person: 'somebody',
      home: ['bureau', OWN],
      ...(scope === 'unit' && { unit }),
    }
    return authorize(
      {
        definition,
        campaign: facts,
        assignments: [assignment],
        instance: { unit: kind === 'campaign' ? null : unit, state },
      },
      {
        command,
        at: within(definition, facts, command),
        asker: { person: 'somebody', home: ['bureau', OWN], builtIn: [] },
      },
    ).ok
  }
  if (may(OWN)) return '+'
  return may(OTHER) ? 'r' : '.'
}

/** An instant at which the command's window is open. */
function within(definition: Definition, facts: CampaignFacts, command: string): string {
  const { opens, until } = definition.commands[command] ?? {}
  if (opens !== undefined) return facts.dates[opens]?.due ?? ''
  const end = until === undefined ? undefined : facts.dates[until]?.due
  return end === undefined ? `${facts.startsOn}T12:00:00.000Z` : new Date(Date.parse(end) - 1).toISOString()
}

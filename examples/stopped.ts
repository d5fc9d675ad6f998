// Why a play stopped, in words that point to the definition.
import type { Problem, Shown } from './shown.ts'

/** What the player did about a task in its last round: nothing, by its own rule; nothing again; or in vain. */
export type Look = { person: string; command: string; shown: Shown } & (
  | { what: 'never' | 'did' }
  | { what: 'refused'; problem: Problem | undefined }
)

/** To send back is always possible; someone who only sends back never ends. */
export function neverTried(command: string): boolean {
  return command.endsWith('.return')
}

/** A line for each command of a state, with who could do it and what came of it, and what may be missing. */
export function whyItStopped(reason: string, looks: Look[], tallies?: unknown): string {
  const lines = new Map<string, Set<string>>()
  for (const look of looks) {
    const { person, command, shown } = look
    const line = `${shown.kind} in ${shown.stateTitle.zh} ${JSON.stringify(shown.state)}: ${command} ${outcome(look)}`
    lines.set(line, (lines.get(line) ?? new Set()).add(person))
  }
  return [
    `${reason}.`,
    ...[...lines].map(([line, people]) => `- ${line} (${[...people].slice(0, 3).join(', ')})`),
    ...advice(looks),
    ...(tallies === undefined ? [] : [`Where everybody stands: ${JSON.stringify(tallies)}`]),
  ].join('\n')
}

function outcome(look: Look): string {
  if (look.what === 'refused') {
    const { code = '', rule, issues } = look.problem ?? {}
    const more = issues === undefined ? (rule ?? '') : JSON.stringify(issues)
    return `was refused: ${code} ${more}`.trim()
  }
  if (look.what === 'did') return 'was done once in this state, and the state stayed'
  return 'is never tried here: commands that end in «.return» send back'
}

function advice(looks: Look[]): string[] {
  const has = (what: Look['what']) => looks.some((look) => look.what === what)
  if (looks.length === 0) {
    return [
      'No command is open to anybody. A state that stands there waits for a count or a message that does not come,',
      'or its commands are for roles that nobody holds, or that four eyes or recusal bar.',
    ]
  }
  return [
    ...(has('refused')
      ? [
          'Refused: the form was filled in as the schema (or the sample form) says, and a guard or a refinement wants more.',
          'Let the schema say it, give the command a sample form, or give the state a dated way on.',
        ]
      : []),
    ...(has('did')
      ? [
          'Done and stayed: the way out asks for more than this form says (a quorum, a number, the whole of a list).',
          'Give the command a sample form, or the state a dated way on.',
        ]
      : []),
    ...(has('never') ? ['Only sending back is left: somebody else must be able to go on.'] : []),
  ]
}

import type { LooseSpec } from '../compiled.ts'
import { engineAction, name, noAction, text } from '../actions.ts'
import type { Mistake } from './mistake.ts'
import { z } from 'zod'

const dotted = z.string().regex(/^[a-z][a-zA-Z0-9]*(\.[a-z][a-zA-Z0-9]*)+$/u, 'a name has the form «thing.verb»')
const path = z.string().regex(/^[a-z][a-zA-Z0-9]*(\.[a-z][a-zA-Z0-9]*)*$/u, 'must be the dotted path of a state')
const payload = z.custom<z.ZodType>(
  (value) => value instanceof z.ZodType,
  'must be a zod schema (of the zod that the engine uses)',
)

const action = z.union([z.string(), engineAction], noAction)
const actions = z.union([action, z.array(action)], noAction)
const arrow = z.union(
  [
    z.string(),
    z.strictObject({
      target: z.string('must be the name of one state').optional(),
      guard: z.string('must be the name of a guard').optional(),
      actions: actions.optional(),
      reenter: z.boolean().optional(),
      description: z.string().optional(),
    }),
  ],
  'must be the name of a state, or { target, guard, actions, reenter }',
)
const arrows = z.union([arrow, z.array(arrow)])
const state = z.strictObject({
  meta: z.strictObject({ title: text, source: z.string().optional() }).optional(),
  type: z.enum(['final', 'parallel', 'history']).optional(),
  history: z.enum(['shallow', 'deep']).optional(),
  target: z.string().optional(),
  initial: z.string().optional(),
  get states() {
    return z.record(name, state).optional()
  },
  tags: z.union([name, z.array(name)]).optional(),
  entry: actions.optional(),
  exit: actions.optional(),
  on: z.record(z.string(), arrows).optional(),
  after: z.record(z.string(), arrows).optional(),
  always: arrows.optional(),
  onDone: arrows.optional(),
  description: z.string().optional(),
})
const code = z.record(
  name,
  z.custom((value) => typeof value === 'function', 'must be a function'),
)

const campaign = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/u, 'must be lower-case words with hyphens'),
  version: z.int().positive(),
  title: text,
  source: z.string().optional(),
  roles: z.record(
    name,
    z.strictObject({
      title: text,
      scope: z.enum(['campaign', 'unit']),
      recused: z.literal('ownUnit').optional(),
    }),
  ),
  dates: z.record(
    name,
    z.strictObject({
      title: text,
      due: z.string(),
      at: z.enum(['start of day', 'end of day', 'close of business']).optional(),
      roll: z.enum(['none', 'next workday', 'previous workday']).optional(),
      notBefore: z.string().optional(),
      remind: z.array(z.string()).optional(),
      source: z.string().optional(),
    }),
  ),
  commands: z.record(
    dotted,
    z.strictObject({
      title: text,
      by: z.array(z.string()).min(1),
      payload,
      opens: z.string().optional(),
      until: z.string().optional(),
      notBy: z.array(z.string()).optional(),
      only: z
        .string()
        .regex(/^context(\.\w+)+$/u, 'must be a path into the context, «context.handler»')
        .optional(),
      source: z.string().optional(),
    }),
  ),
  messages: z.record(dotted, z.strictObject({ title: text, payload: payload.optional() })),
  machines: z.custom((value) => typeof value === 'function', 'must be a function'),
  kinds: z.record(
    name,
    z.strictObject({
      spec: state.extend({
        meta: z.strictObject({ title: text, source: z.string().optional() }),
        context: z.unknown().optional(),
      }),
      guards: code,
      updates: code,
    }),
  ),
  takesOver: z
    .record(
      z.string().regex(/^[1-9]\d*$/u, 'must be the number of a version'),
      z.record(
        name,
        z.strictObject({
          states: z.record(path, path).optional(),
          context: z
            .custom<(old: never) => object>((value) => typeof value === 'function', 'must be a function')
            .optional(),
        }),
      ),
    )
    .optional(),
})

/**
 * That only known keys and plain data are there. This is also what keeps out `invoke`, `spawn`,
 * delays in milliseconds and inline functions: xstate's own types accept unknown keys in silence.
 */
export function checkShape(spec: LooseSpec): Mistake[] {
  const result = campaign.safeParse(spec)
  if (result.success) return []
  return result.error.issues.flatMap((issue) => deepest(issue, []))
}

// A union reports each branch that failed; the branch that got furthest is the one the author meant.
function deepest(issue: z.core.$ZodIssue, above: PropertyKey[]): Mistake[] {
  const path = [...above, ...issue.path]
  if (issue.code === 'invalid_union') {
    // Of the engine's actions the one meant is known by its type; what has another type is none of them.
    const meant = issue.errors.filter((one) => !one.some(isOther))
    const [best] = meant.toSorted((a, b) => depth(b) - depth(a))
    if (best && depth(best) > 0) return best.flatMap((one) => deepest(one, path))
  }
  if (issue.code === 'invalid_key') {
    return issue.issues.map(({ message }) => ({ path: written(path), reason: message }))
  }
  const reason =
    issue.code === 'unrecognized_keys'
      ? `has no ${issue.keys.map((key) => `«${key}»`).join(', ')}; campaigns wait only through named dates and run nothing on the side`
      : issue.message
  return [{ path: written(path), reason }]
}

function isOther({ code, path }: z.core.$ZodIssue): boolean {
  return code === 'invalid_value' && path.length === 1 && path[0] === 'type'
}

function depth(issues: z.core.$ZodIssue[]): number {
  return Math.max(
    ...issues.map((issue) =>
      issue.code === 'invalid_union'
        ? issue.path.length + Math.max(0, ...issue.errors.map(depth))
        : issue.path.length + (issue.code === 'unrecognized_keys' ? 1 : 0),
    ),
  )
}

function written(path: PropertyKey[]): string {
  return path
    .map(String)
    .join('.')
    .replace(/^kinds\.(\w+)\.spec/u, 'machines.$1')
    .replace(/^kinds\./u, 'machines.')
    .replaceAll('.states.', '.')
}

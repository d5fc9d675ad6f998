import { z } from 'zod'
import { json, jsonObject } from '../data/json.ts'
import { adjustment, assignment, campaignFacts, performed } from './instance.ts'

/** By what right a person acts: a role of the definition through an assignment, or a built-in role. */
const authority = z.strictObject({
  role: z.string(),
  assignment: z.string().exactOptional(),
  onBehalfOf: z.string().exactOptional(),
})
export type Authority = z.infer<typeof authority>

/** Who acts: the person, the path of their own unit, and the authority that `authorize` found. */
const actor = z.strictObject({ person: z.string(), home: z.array(z.string()), authority })
export type Actor = z.infer<typeof actor>

/** A transition of another instance that caused this event. */
const cause = z.strictObject({ instance: z.string(), version: z.int().positive(), hash: z.string() })
export type Cause = z.infer<typeof cause>

// Of instants the spelling is what the step compares; a record that has another is not the same bytes.
const at = z.string()

const openEvent = z.strictObject({
  type: z.literal('open'),
  at,
  instance: z.strictObject({
    campaign: z.string(),
    id: z.string(),
    kind: z.string(),
    key: z.string(),
    unit: z.string().nullable(),
  }),
  cause: cause.nullable(),
  input: json,
  adjustments: z.array(adjustment),
  performedBy: performed,
  /** On the root only. */
  campaign: campaignFacts.exactOptional(),
  assignments: z.array(assignment).exactOptional(),
  actor: actor.exactOptional(),
})
export type OpenEvent = z.infer<typeof openEvent>

const commandEvent = z.strictObject({ type: z.literal('command'), at, command: z.string(), payload: json, actor })
export type CommandEvent = z.infer<typeof commandEvent>
const deadlineEvent = z.strictObject({ type: z.literal('deadline'), at, timer: z.string(), due: at })
export type DeadlineEvent = z.infer<typeof deadlineEvent>
const messageEvent = z.strictObject({ type: z.literal('message'), at, message: z.string(), payload: json, cause })
export type MessageEvent = z.infer<typeof messageEvent>

/** Acts of administration, part of every campaign; see `run/acts.ts`. Those handed down carry a cause, no actor. */
const actEvent = z.strictObject({
  type: z.literal('act'),
  at,
  act: z.string(),
  payload: jsonObject,
  actor: actor.exactOptional(),
  cause: cause.exactOptional(),
})
export type ActEvent = z.infer<typeof actEvent>

/** The one input of `step`; and what a replay reads out of a record. */
export const event = z.discriminatedUnion('type', [openEvent, commandEvent, deadlineEvent, messageEvent, actEvent])
export type Event = z.infer<typeof event>

export { acts, readAct, assignmentSchema } from './acts.ts'
export {
  notify,
  open,
  tell,
  type EngineAction,
  type NotifyParams,
  type OpenOptions,
  type OpenParams,
  type TellParams,
} from './actions.ts'
export { authorize, type Asker, type Grounds } from './authorize.ts'
export * from './calendar/index.ts'
export { childCount, childrenOf, EFFECTS_PER_STEP, openEvent, type Child, type Opener } from './children.ts'
export type { Mistake } from './check/index.ts'
export { createConsequences, type Consequences, type Missing, type Stray } from './consequences.ts'
export { ALL, countedBy, guardedBy } from './counted.ts'
export { dateFor } from './dates.ts'
export { DefinitionError, defineCampaign, type CompiledKind, type Definition } from './define.ts'
export type {
  Actions,
  Author,
  CommandSpec,
  Kind,
  KindCode,
  KindSpec,
  MessageSpec,
  RoleSpec,
  StateSpec,
  Takeover,
  TakesOver,
} from './definition.ts'
export { payloadSchema } from './document.ts'
export type { Effect, Watch } from './effect.ts'
export type * from './event.ts'
export { canonical, derivedId, digest, digestText, type Digest } from './hash.ts'
export * from './instance.ts'
export { notJson, type Json, type JsonObject } from './json.ts'
export { MOST_CHOICES, personId, unitId, withChoices, type Choices } from './participants.ts'
export { planCampaign, type Plan, type Planned } from './plan.ts'
export { lintPlan, type Finding, type Warning } from './lint/index.ts'
export { refusals, type Refusal, type RefusalCode } from './refusal.ts'
export { replay, type Came, type Kept, type Mismatch, type Replayed } from './replay.ts'
export { builtInRoles, isAct, type BuiltInRole } from './roles.ts'
export type { Arrow, StateNode } from './states.ts'
export { step, type Stepped } from './step.ts'
export { factsFor, footingsOf, takeOver, type Unplaced } from './takeover.ts'
export { needed, readTally } from './tally.ts'
export { targetOf } from './target.ts'
export type { Locale, Text } from './text.ts'
export { dueTimers } from './timers.ts'
export { stateText, transcript, type TranscriptOptions } from './transcript.ts'
export type { Recorded, Transition } from './transition.ts'
export { standing, type Standing } from './watch.ts'
export {
  createWorld,
  type KeptRefusal,
  type Logged,
  type Notice,
  type World,
  type WorldAnswer,
  type WorldOffer,
  type WorldPlan,
} from './world.ts'

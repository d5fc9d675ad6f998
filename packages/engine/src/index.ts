export { acts, readAct, assignmentSchema } from './run/acts.ts'
export {
  append,
  count,
  keep,
  notify,
  open,
  tell,
  type Data,
  type EngineAction,
  type NotifyParams,
  type OpenOptions,
  type OpenParams,
  type TellParams,
} from './definition/actions.ts'
export { authorize, authorizeAct, type Asker, type AuthorizationInput } from './permission/act.ts'
export { offers, type Offer, type OfferInput } from './permission/offers.ts'
export * from './calendar/index.ts'
export { childCount, childrenOf, EFFECTS_PER_STEP, openEvent, type Child, type Opener } from './run/children.ts'
export type { Mistake } from './definition/check/mistake.ts'
export { createConsequences, type Consequences, type Missing, type Stray } from './history/consequences.ts'
export { ALL, countedBy } from './settle/counted.ts'
export { asksToMigrate, decide, revokedBy, start, type Ask, type Decided, type Grounds } from './settle/decide.ts'
export { MESSAGES_PER_WAKE } from './settle/drain.ts'
export {
  newlyOpened,
  summaryOf,
  type Broadcast,
  type LoadedInstance,
  type Message,
  type Spawn,
} from './settle/loaded.ts'
export { migrationTarget, proveMigration, versionIn } from './settle/migrate.ts'
export { CHUNK, takeNext, type Next } from './settle/next.ts'
export { deadlineChanges, outboxOf, type DeadlineChanges, type Notice, type Outbox } from './settle/outbox.ts'
export {
  nameOf,
  planTallies,
  settleTallies,
  type Parent,
  type TallyChanges,
  type TallyKey,
  type TallyPlan,
  type TallyState,
  type WatchRow,
} from './settle/tallies.ts'
export { emptyWork, type RefusalRecord, type StepTaken, type UnitOfWork } from './settle/unitOfWork.ts'
export { dateFor } from './run/dates.ts'
export { DefinitionError, defineCampaign } from './definition/define.ts'
export type { CompiledKind, Definition } from './definition/compiled.ts'
export type { PinnedDefinition } from './definition/pinned.ts'
export type {
  Actions,
  Author,
  CommandSpec,
  Kind,
  KindCode,
  KindSpec,
  MessageSpec,
  NoMessages,
  RoleSpec,
  StateSpec,
  Takeover,
  TakesOver,
} from './definition/spec.ts'
export { payloadSchema } from './definition/document.ts'
export { command, date, role, state, t, type Said } from './definition/write.ts'
export { effect as effectSchema, type Effect } from './campaign/effect.ts'
export { event as eventSchema } from './campaign/event.ts'
export type * from './campaign/event.ts'
export { canonical, derivedId, digest, digestText, type Digest } from './data/hash.ts'
export { isOver } from './campaign/instance.ts'
export type * from './campaign/instance.ts'
export { notJson, type Json, type JsonObject } from './data/json.ts'
export { personId, unitId } from './definition/participants.ts'
export { planCampaign, type Plan, type Planned } from './plan/index.ts'
export { lintPlan, type Finding, type Warning } from './plan/lint/index.ts'
export { refusals, type Refusal, type RefusalCode, type Refused } from './campaign/refusal.ts'
export { replay, type StepResult, type StoredTransition, type Mismatch, type Replayed } from './history/replay.ts'
export { builtInRoles, isAct, type BuiltInRole } from './definition/roles.ts'
export type { Arrow, StateNode } from './definition/states.ts'
export { step, type Stepped } from './run/step/index.ts'
export { factsFor, pinnedDefinitions, takeOver, type Unplaced } from './run/migration/index.ts'
export { needed, readTally, type Watch } from './definition/tally.ts'
export { targetOf } from './definition/target.ts'
export type { Locale, Text } from './data/text.ts'
export { dueTimers, nextDeadline } from './run/timers.ts'
export { stateText, transcript, type TranscriptOptions } from './history/transcript/index.ts'
export type { Recorded, Transition } from './run/transition.ts'
export { summarize, type StateSummary } from './run/summary.ts'
export {
  createWorld,
  type Logged,
  type World,
  type WorldAnswer,
  type WorldOffer,
  type WorldPlan,
} from './world/index.ts'

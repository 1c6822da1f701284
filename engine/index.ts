export { rewriteBpmn } from './bpmn/rewrite-bpmn.ts';
export {
  checkSoundness,
  defaultBound,
  type SoundnessBound,
} from './compile/4-check-soundness/index.ts';
export { type CheckOptions, checkDiagram } from './compile/check-diagram.ts';
export { type CompileOptions, type CompileResult, compilePackage } from './compile/compile-package.ts';
export type * from './core/actor.ts';
export { canonicalJson } from './core/canonical-json.ts';
export {
  checkEligibility,
  type EligibilityVerdict,
  type OverrideRequest,
} from './core/check-eligibility.ts';
export type * from './core/command.ts';
export { type Decision, decide, decideMigration } from './core/decide.ts';
export type * from './core/effect.ts';
export type * from './core/eligibility-rule.ts';
export { type CaseEvent, type CaseEventType, patientValueFields } from './core/event.ts';
export { fold, foldAll } from './core/fold.ts';
export { InvariantError } from './core/invariant-error.ts';
export type * from './core/json.ts';
export { checkMigration, type MigrationFacts } from './core/migrate/check-migration.ts';
export {
  type MappableElement,
  type MigrationMapping,
  mappableElements,
  mappingOf,
  type ProposedPair,
  proposeMapping,
  type TimerChoice,
} from './core/migrate/mapping.ts';
export {
  type MigrationBlock,
  type MigrationNote,
  type MigrationRemark,
  type MigrationVerdict,
  verdictOf,
} from './core/migrate/verdict.ts';
export type * from './core/modification.ts';
export type { Place } from './core/modify/places.ts';
export {
  type ChangePreview,
  type OpenThing,
  openThings,
  previewChange,
} from './core/modify/preview-change.ts';
export { openTasksOf, type TaskFacts } from './core/open-tasks.ts';
export type * from './core/rejection.ts';
export type * from './core/state.ts';
export { parseState, printState } from './core/state-text.ts';
export { type DecisionFacts, explainDecision } from './dmn/index.ts';
export {
  evaluateCondition,
  type FeelEnv,
  type FieldGuess,
  guessFields,
  type ParsedExpression,
  parseExpression,
  patternCost,
  variablesOf,
  type WorkCalendar,
  type WorkingHours,
} from './feel/index.ts';
export { allConditions, conditionsAhead } from './ir/conditions-ahead.ts';
export type * from './ir/definition.ts';
export type * from './ir/finding.ts';
export type * from './ir/kernel.ts';
export type * from './ir/machine.ts';
export type * from './ir/package.ts';
export { defaultRecordClass, isRecordClass, type RecordClass, recordClasses } from './ir/record-class.ts';
export type * from './ir/soundness.ts';
export type * from './replay/case-view.ts';
export type * from './replay/history-entry.ts';
export { type Replay, replay } from './replay/replay.ts';
export { headerText } from './replay/seal-entry.ts';
export { type CaseTrail, trailOf } from './replay/trail.ts';
export { verifyCase } from './replay/verify-case.ts';
export { verifyChain } from './replay/verify-chain.ts';
export { viewCase } from './replay/view-case.ts';
export {
  type Batch,
  type BatchCounts,
  type BatchItem,
  type BatchItemQuery,
  type BatchNote,
  type BatchOutcome,
  type BatchPhase,
  type BatchState,
  type BatchStore,
  type BatchTarget,
  type BatchVerdict,
  type BatchWork,
  batchLanes,
} from './runtime/batch/batch.ts';
export type { BatchDesk, BatchProgress } from './runtime/batch/batch-desk.ts';
export { type Cause, causeIn } from './runtime/cause.ts';
export {
  anyOfRoles,
  type ChangePolicy,
  defaultChangePolicy,
  mayChangeCases,
} from './runtime/change-policy.ts';
export * from './runtime/clock.ts';
export type * from './runtime/commit.ts';
export { type CompileGuard, createCompileGuard } from './runtime/compile-guard.ts';
export { compileOnce, hashPackage } from './runtime/compile-once.ts';
export type * from './runtime/connector.ts';
export { createEngine } from './runtime/create-engine.ts';
export type * from './runtime/engine.ts';
export type { CaseChanged, EngineParts, RuntimeProblem } from './runtime/engine-context.ts';
export type * from './runtime/job.ts';
export { correlateJob, isBroadcast, messageKey, timerStartKey, topicOf } from './runtime/job-keys.ts';
export { BATCH_OF_RECEIVERS } from './runtime/job-limits.ts';
export { createMemoryStore, type MemoryStore } from './runtime/memory-store.ts';
export type * from './runtime/ports.ts';
export { createSeededRandomness, createSystemRandomness, uuidV7 } from './runtime/randomness.ts';
export { type FailureMeaning, StoreFailure } from './runtime/store-failure.ts';
export { noTracer, type SpanFacts, type SpanName, type SpanStart, type Tracer } from './runtime/tracer.ts';
export { createWorkLoop, type WorkLoop } from './runtime/work-loop.ts';

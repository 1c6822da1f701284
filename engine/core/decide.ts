import type { CompiledDefinition } from '../ir/definition.ts';
import { inCanonicalOrder } from './canonical-json.ts';
import { setCaseKeys } from './case-keys.ts';
import type { Command } from './command.ts';
import { completeAdHoc, enterActivity } from './commands/ad-hoc.ts';
import { reject } from './commands/answer.ts';
import { completeJob, deliverMessage, failJob, fireTimer, throwJobError } from './commands/answers-from-outside.ts';
import { beginningOf, cancelCase, receiveFirst, setVariables, startIn } from './commands/case.ts';
import { migrateCase } from './commands/migrate-case.ts';
import { modifyCase } from './commands/modify-case.ts';
import { retryIncident } from './commands/retry-incident.ts';
import { claimTask, completeTask, releaseTask } from './commands/tasks.ts';
import { draftOf } from './draft.ts';
import type { Effect } from './effect.ts';
import { effectsOfAll } from './effects.ts';
import type { CaseEvent } from './event.ts';
import { runToRest } from './execute.ts';
import { applyEvent } from './fold.ts';
import type { Instant } from './json.ts';
import type { Rejection } from './rejection.ts';
import { type Answers, calendarVersion, type Run } from './run.ts';
import type { CaseState } from './state.ts';

/** What a command leads to: the events to keep, the effects to do in the same commit, and the state the events fold to. */
export type Decision =
  | {
      readonly ok: true;
      readonly events: readonly CaseEvent[];
      readonly effects: readonly Effect[];
      readonly state: CaseState;
    }
  | { readonly ok: false; readonly rejection: Rejection };

type Migrating = Extract<Command, { type: 'MigrateCase' }>;
type ActingCommand = Exclude<Command, { type: 'StartCase' } | Migrating>;

/**
 * Decides a command on a case (null: there is none yet). Pure: no clock, no randomness, no I/O; time, actor and facts come with the command,
 * ids from the case's counter. The events fold to the returned state. `answers` play a way the case could go: they stand for its data.
 */
export function decide(
  definition: CompiledDefinition,
  state: CaseState | null,
  command: Command,
  answers?: Answers,
): Decision {
  const given = withDataInOrder(command);
  if (given.type === 'StartCase') return state ? refuse(alreadyThere(state)) : start(definition, given, answers);
  if (!state) return refuse(reject('case-not-found', 'a case', `there is none of id ${given.caseId}`));
  if (state.status === 'ended') return refuse(afterTheEnd(state));
  if (given.type === 'MigrateCase') return refuse(withoutTarget(given));
  return act(definition, state, given, answers);
}

/** Decides a migration: the command that needs the version the case is on and the one it goes to. Otherwise as `decide`. */
export function decideMigration(
  from: CompiledDefinition,
  to: CompiledDefinition,
  state: CaseState,
  command: Migrating,
): Decision {
  if (state.status === 'ended') return refuse(afterTheEnd(state));
  if (to.hash !== command.to.hash) return refuse(withoutTarget(command));
  const at = laterOf(command.at, state.at);
  const run = runOf(to, draftOf(state), { ...command, at }, [], undefined);
  const rejection = migrateCase(run, command, from);
  return rejection ? refuse(rejection) : conclude(run);
}

function withoutTarget({ to }: Migrating): Rejection {
  return reject('definition-not-found', `version ${to.version} to move the case to`, 'it was not at hand');
}

function withDataInOrder(command: Command): Command {
  if ('variables' in command) return { ...command, variables: inCanonicalOrder(command.variables) };
  if ('output' in command) return { ...command, output: inCanonicalOrder(command.output) };
  return 'payload' in command ? { ...command, payload: inCanonicalOrder(command.payload) } : command;
}

function start(
  definition: CompiledDefinition,
  command: Extract<Command, { type: 'StartCase' }>,
  answers: Answers | undefined,
): Decision {
  const beginning = beginningOf(definition, command);
  if ('code' in beginning) return refuse(beginning);
  const started: CaseEvent = {
    at: command.at,
    businessKey: command.businessKey,
    ...calendarVersion(command),
    caseId: command.caseId,
    definitionHash: definition.hash,
    processId: command.processId,
    processKey: definition.key,
    type: 'CaseStarted',
  };
  const run = runOf(definition, applyEvent(null, started), command, [started], answers);
  const rejection = startIn(run, command, beginning);
  if (rejection) return refuse(rejection);
  if (beginning.part !== undefined && runToRest(run)) receiveFirst(run, beginning);
  return conclude(run);
}

function act(
  definition: CompiledDefinition,
  state: CaseState,
  command: ActingCommand,
  answers: Answers | undefined,
): Decision {
  const at = laterOf(command.at, state.at);
  const run = runOf(definition, draftOf(state), { ...command, at }, [], answers);
  const rejection = handle(run, command);
  return rejection ? refuse(rejection) : conclude(run);
}

/** Instants compare as text. */
function laterOf(a: Instant, b: Instant): Instant {
  return a < b ? b : a;
}

function handle(run: Run, command: ActingCommand): Rejection | undefined {
  switch (command.type) {
    case 'ClaimTask':
      return claimTask(run, command);
    case 'ReleaseTask':
      return releaseTask(run, command);
    case 'CompleteTask':
      return completeTask(run, command);
    case 'FireTimer':
      return fireTimer(run, command);
    case 'DeliverMessage':
      return deliverMessage(run, command);
    case 'CompleteJob':
      return completeJob(run, command);
    case 'ThrowJobError':
      return throwJobError(run, command);
    case 'FailJob':
      return failJob(run, command);
    case 'RetryIncident':
      return retryIncident(run, command);
    case 'EnterActivity':
      return enterActivity(run, command);
    case 'CompleteAdHoc':
      return completeAdHoc(run, command);
    case 'SetVariables':
      return setVariables(run, command);
    case 'CancelCase':
      return cancelCase(run, command);
    case 'ModifyCase':
      return modifyCase(run, command);
  }
}

function runOf(
  definition: CompiledDefinition,
  draft: Run['draft'],
  { at, calendar }: Pick<Command, 'at' | 'calendar'>,
  events: CaseEvent[],
  answers: Answers | undefined,
): Run {
  const run: Run = { definition, draft, events, queue: [], at, counter: draft.counter, steps: 0, written: new Set() };
  return { ...run, ...(calendar ? { calendar } : {}), ...(answers ? { answers } : {}) };
}

function conclude(run: Run): Decision {
  setCaseKeys(run);
  if (!runToRest(run))
    return refuse(reject('limit-exceeded', 'a case that comes to rest', 'it went on without waiting for anything'));
  setCaseKeys(run);
  return { ok: true, events: run.events, effects: effectsOfAll(run.draft.caseId, run.events), state: run.draft };
}

function refuse(rejection: Rejection): Decision {
  return { ok: false, rejection };
}

function alreadyThere(state: CaseState): Rejection {
  return reject('case-already-exists', 'a new case', `case ${state.caseId} is there already`);
}

function afterTheEnd(state: CaseState): Rejection {
  return reject('case-ended', 'a running case', `case ${state.caseId} has ended`);
}

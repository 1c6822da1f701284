import { compilePackage } from '../compile/compile-package.ts';
import type { JsonObject } from '../core/json.ts';
import type { Rejection, Result } from '../core/rejection.ts';
import type { CompiledDefinition } from '../ir/definition.ts';
import type { Finding } from '../ir/finding.ts';
import { startableWork } from './ad-hoc-work.ts';
import { createBatchDesk } from './batch/batch-desk.ts';
import { createCaseQueue } from './case-queue.ts';
import { causeOfMessage } from './cause.ts';
import { askedOperations, changeableCase, makeModification, previewModification } from './change-commands.ts';
import { defaultChangePolicy, mayChangeCases } from './change-policy.ts';
import { checkInput } from './check-input.ts';
import { checkPackage } from './check-package.ts';
import { checkStaffing } from './check-staffing.ts';
import { addMilliseconds, createSystemSleep } from './clock.ts';
import { messageLifetime } from './commit-changes.ts';
import { compileOnce, hashPackage } from './compile-once.ts';
import { createDefinitionCache } from './definition-cache.ts';
import type { Accepted, Engine, Request } from './engine.ts';
import type { EngineContext, EngineParts } from './engine-context.ts';
import { tellWhoWasFirst } from './first-completer.ts';
import {
  type CommandBody,
  type CommandKind,
  type CommandOutcome,
  type CommandRequest,
  calendarFor,
  handleCommand,
  situate,
} from './handle-command.ts';
import { isBroadcast } from './job-keys.ts';
import { createKeptCases } from './kept-cases.ts';
import { makeMigrationTo, proposeMigration } from './migrate-commands.ts';
import type { MessageStart } from './ports.ts';
import { uuidV7 } from './randomness.ts';
import { requestKeyOf } from './request-key.ts';
import { runDueWork } from './run-due-work.ts';
import { makeSettlement } from './settle-job.ts';
import { findStartVersion, makeStart } from './start-case.ts';
import { makeClaim, makeCompletion, mayWorkOn } from './task-commands.ts';
import { timerStartsOf } from './timer-starts.ts';
import { noTracer } from './tracer.ts';

/** Builds the engine on its ports. Cheap: everything lasting is in the stores, so it may be thrown away and built again at any time. */
export function createEngine(parts: EngineParts): Engine {
  const stopwatch = parts.stopwatch ?? (() => performance.now());
  const context: EngineContext = {
    ...parts,
    sleep: parts.sleep ?? createSystemSleep(),
    stopwatch,
    queue: createCaseQueue({ stopwatch }),
    definitions: createDefinitionCache(parts.stores.definitions),
    kept: createKeptCases(),
    underWay: new Map(),
    tracer: parts.tracer ?? noTracer,
  };
  return {
    ...createDefinitionCommands(context),
    ...createCaseCommands(context),
    async mayWorkOn({ tenantId, caseId, ...request }) {
      const { case: stored } = await context.stores.cases.load({ tenantId, caseId });
      const situation = await situate(context, { tenantId, caseId }, stored);
      if (!situation.ok) return situation;
      const answer = await mayWorkOn(context, situation.value, request);
      return tellWhoWasFirst(context, { tenantId, caseId, taskId: request.taskId }, answer);
    },
    async startableWork({ tenantId, caseId, by }) {
      const { case: stored } = await context.stores.cases.load({ tenantId, caseId });
      const situation = await situate(context, { tenantId, caseId }, stored);
      return situation.ok ? { ok: true, value: startableWork(situation.value, by) } : situation;
    },
    async publishMessage({ keepFor = messageLifetime, ...request }) {
      const refusal = checkInput(request.payload);
      if (refusal) throw new TypeError(refusal.message);
      const publishedAt = context.clock.now();
      const expiresAt = addMilliseconds(publishedAt, keepFor);
      const cause = causeOfMessage(context.tracer, isBroadcast(request.messageName));
      await context.stores.messages.publish({ ...request, ...cause, publishedAt, expiresAt });
      parts.onWork?.(publishedAt);
    },
    batches: createBatchDesk(context),
    proposeMigration: (request) => proposeMigration(context, request),
    mayChangeCases: (by) => mayChangeCases(context.changePolicy ?? defaultChangePolicy, by),
    changeable: (request) => changeableCase(context, request),
    previewModification: (request) => previewModification(context, request),
    runDueWork: ({ limit }) => runDueWork(context, limit),
  };
}

function createDefinitionCommands(context: EngineContext): Pick<Engine, 'check' | 'publish'> {
  return {
    async check({ tenantId, pkg }) {
      // What cannot be written as JSON has no hash; the compiler names the place.
      if (![pkg.bpmn, ...Object.values(pkg.decisions)].every((text) => text.isWellFormed()))
        return (await compilePackage(pkg)).findings;
      const hash = hashPackage(pkg);
      const { definition } = await compileOnce(pkg, hash, context.compile);
      const people = definition ? await context.directory.people(tenantId, context.clock.now()) : [];
      return [...(await checkPackage(context, pkg, hash)), ...(definition ? checkStaffing(definition, people) : [])];
    },
    async publish({ tenantId, by, pkg, approvedBy, override }) {
      const hash = hashPackage(pkg);
      const { definition } = await compileOnce(pkg, hash, context.compile);
      const findings = await checkPackage(context, pkg, hash);
      const rejection = refusePublication(findings, override);
      if (rejection || !definition) return { ok: false, rejection: rejection ?? brokenFlow(findings) };
      const at = context.clock.now();
      const { calendar } = await calendarFor(context, tenantId, definition);
      const starts = {
        messageStarts: messageStartsOf(definition),
        timerStarts: timerStartsOf(definition, at, calendar),
      };
      const answeredFor =
        findings.some(isUnsound) && override ? { by: override.by.id, reason: override.reason } : undefined;
      const approval = { approvedBy: approvedBy?.id, override: answeredFor };
      const publication = { tenantId, pkg, hash, at, by: by.id, ...approval, ...starts };
      const value = await context.stores.definitions.publish(publication);
      for (const { dueAt } of starts.timerStarts) context.onWork?.(dueAt);
      return { ok: true, value };
    },
  };
}

/** Errors refuse a flow. That it is unsound refuses it too, unless a person answers for it by name and with a reason. */
function refusePublication(
  findings: readonly Finding[],
  override: { readonly reason: string } | undefined,
): Rejection | undefined {
  const errors = findings.filter((finding) => finding.severity === 'error' && !finding.overridable);
  if (errors.length > 0) return brokenFlow(errors);
  const unsound = findings.filter(isUnsound);
  if (unsound.length === 0 || (override && override.reason.trim() !== '')) return undefined;
  const message = `Expected a sound flow, or a person who answers for it with a reason, but it has ${unsound.length} faults`;
  return { code: 'unsound', message, params: { faults: unsound.length }, fields: fieldsOf(unsound) };
}

function brokenFlow(errors: readonly Finding[]): Rejection {
  const message = `Expected a flow without errors, but it has ${errors.length}`;
  return { code: 'invalid-input', message, fields: fieldsOf(errors) };
}

function fieldsOf(findings: readonly Finding[]): Rejection['fields'] {
  return findings.map(({ elementId, path, message }) => ({ path: elementId ?? path ?? '', message }));
}

function isUnsound(finding: Finding): boolean {
  return finding.severity === 'error' && finding.overridable === true;
}

function messageStartsOf(definition: CompiledDefinition): MessageStart[] {
  return Object.values(definition.processes)
    .flatMap((process) => process.starts)
    .flatMap(({ messageName, processId, startEventId }) =>
      messageName === undefined ? [] : [{ messageName, processId, startEventId }],
    );
}

type CaseCommands = Pick<
  Engine,
  | 'start'
  | 'claim'
  | 'release'
  | 'complete'
  | 'enterActivity'
  | 'completeAdHoc'
  | 'retryIncident'
  | 'settleJob'
  | 'cancelCase'
  | 'modifyCase'
  | 'migrateCase'
>;

function createCaseCommands(context: EngineContext): CaseCommands {
  /** One person's command to one case, with its idempotency key. */
  const run = async (
    request: Request & { readonly caseId: string },
    operation: CommandKind,
    asked: JsonObject,
    make: CommandRequest['make'],
  ): Promise<Result<Accepted>> => {
    const { tenantId, caseId } = request;
    const key = requestKeyOf(request, operation, { caseId, ...occurred(request), ...asked });
    return toResult(await handleCommand(context, { tenantId, caseId, kind: operation, request: key, make }));
  };
  const runOnTask = async (
    request: Request & { readonly caseId: string; readonly taskId: string },
    ...rest: [operation: CommandKind, asked: JsonObject, make: CommandRequest['make']]
  ): Promise<Result<Accepted>> => tellWhoWasFirst(context, request, await run(request, ...rest));
  return {
    async start(request) {
      const version = await findStartVersion(context, request);
      if (!version.ok) return version;
      const { tenantId, processKey, variables } = request;
      const asked = { processKey, variables, ...given(request), ...occurred(request) };
      const caseId = uuidV7(context.clock.now(), context.randomness);
      const outcome = await handleCommand(context, {
        ...{ tenantId, caseId, kind: 'start', startOn: version.value, request: requestKeyOf(request, 'start', asked) },
        make: (situation) => makeStart(context, situation, request),
      });
      return toResult(outcome);
    },
    claim(request) {
      const { taskId, override } = request;
      const asked = { taskId, ...(override && { override }) };
      return runOnTask(request, 'claim', asked, (situation) => makeClaim(context, situation, request));
    },
    release(request) {
      const { by, taskId } = request;
      return runOnTask(request, 'release', { taskId }, always({ type: 'ReleaseTask', by, taskId }));
    },
    complete(request) {
      const { taskId, variables, override } = request;
      const asked = { taskId, variables, ...(override && { override }) };
      return runOnTask(request, 'complete', asked, (situation) => makeCompletion(context, situation, request));
    },
    enterActivity(request) {
      const asked = { ...placeOf(request), activityId: request.activityId };
      return run(request, 'enter', asked, always({ type: 'EnterActivity', by: request.by, ...asked }));
    },
    completeAdHoc(request) {
      const asked = placeOf(request);
      return run(request, 'complete-ad-hoc', asked, always({ type: 'CompleteAdHoc', by: request.by, ...asked }));
    },
    retryIncident(request) {
      const { by, incidentId } = request;
      return run(request, 'retry', { incidentId }, always({ type: 'RetryIncident', by, incidentId }));
    },
    settleJob(request) {
      const { incidentId, outcome, errorCode, output } = request;
      const asked = { incidentId, outcome, output, ...(errorCode !== undefined && { errorCode }) };
      return run(request, 'settle', asked, async (situation) => makeSettlement(situation, request));
    },
    cancelCase(request) {
      const { by, reason } = request;
      return run(request, 'cancel', { reason }, always({ type: 'CancelCase', by, reason }));
    },
    modifyCase(request) {
      const { operations, reason } = request;
      const asked = { ...askedOperations(operations), reason };
      return run(request, 'modify', asked, async () => makeModification(context, request));
    },
    migrateCase(request) {
      const { toVersion, mapping, timers, reason } = request;
      const asked = { toVersion, mapping: { ...mapping }, timers, reason };
      return run(request, 'migrate', asked, (situation) => makeMigrationTo(context, situation, request));
    },
  };
}

function given(request: Parameters<Engine['start']>[0]): JsonObject {
  const { version, processId, startEventId, context, businessKey } = request;
  return {
    ...(version !== undefined && { version }),
    ...(processId !== undefined && { processId }),
    ...(startEventId !== undefined && { startEventId }),
    ...(context && { context }),
    ...(businessKey !== undefined && { businessKey }),
  };
}

function occurred({ occurredAt }: Request): JsonObject {
  return occurredAt === undefined ? {} : { occurredAt };
}

function placeOf({ elementId, scopeId }: Parameters<Engine['completeAdHoc']>[0]) {
  return { elementId, ...(scopeId !== undefined && { scopeId }) };
}

function always(body: CommandBody): () => Promise<Result<CommandBody>> {
  return async () => ({ ok: true, value: body });
}

function toResult(outcome: CommandOutcome): Result<Accepted> {
  if (outcome.status === 'accepted') return { ok: true, value: outcome.accepted };
  if (outcome.status === 'rejected') return { ok: false, rejection: outcome.rejection };
  const rejection: Rejection = { code: 'busy', message: 'Expected a free job, but it belongs to somebody else' };
  return { ok: false, rejection };
}

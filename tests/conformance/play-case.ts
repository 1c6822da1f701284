import { Duration } from 'luxon';
import { type JsonObject, trailOf, viewCase } from '../../engine/index.ts';
import type { BpmnCase, BpmnStep } from './bpmn-case.ts';
import { CaseHost } from './case-host.ts';
import type { Found } from './corpus.ts';
import { deployCase } from './deploy-case.ts';

/** Why a case fails; nothing when every expectation holds. Whatever the engine throws is a failure, not the end of the run. */
export async function failuresOf(
  { folder, one }: Found<BpmnCase>,
  rewrite?: (xml: string) => string,
): Promise<readonly string[]> {
  if ('unreadable' in one) return [`cannot be read: ${one.unreadable}`];
  try {
    return (await playCase(folder, one, rewrite)).failures;
  } catch (failure) {
    return [`thrown: ${failure instanceof Error ? failure.message : String(failure)}`];
  }
}

/** What came of a case: every expectation that did not hold, and the case host, where it could be deployed. */
export type Played = { readonly failures: readonly string[]; readonly host?: CaseHost };

/** Runs a case; `rewrite` changes the models before they are deployed. */
export async function playCase(
  folder: string,
  one: BpmnCase,
  rewrite: (xml: string) => string = (xml) => xml,
): Promise<Played> {
  const { definition, findings } = await deployCase(folder, one, rewrite);
  const { outcome } = one.expect;
  if (!definition) {
    const refusals = findings.filter(({ severity }) => severity === 'error').map(({ message }) => message);
    const isExpected = outcome === 'rejected' || outcome === 'rejected-or-error';
    return { failures: isExpected ? [] : [`deployment refused: ${refusals.join('; ')}`] };
  }
  const host = new CaseHost(definition);
  const failures = one.steps.flatMap((step) => playStep(host, step, outcome));
  if (one.scripts) host.finishScripts();
  return { failures: [...failures, ...checkOutcome(host, one)], host };
}

function playStep(host: CaseHost, step: BpmnStep, outcome: string): string[] {
  const errors = host.errors.length;
  const failures = act(host, step);
  const unexpected =
    step.expectError || mayFail(outcome) ? [] : host.errors.slice(errors).map((error) => `error: ${error}`);
  if (step.expectError && host.errors.length === errors) failures.push('expected an error');
  return [...failures, ...unexpected, ...check(host, step)];
}

function mayFail(outcome: string): boolean {
  return outcome === 'error' || outcome === 'rejected-or-error' || outcome === 'uncaughtBpmnError';
}

function act(host: CaseHost, step: BpmnStep): string[] {
  if (step.start)
    host.start(step.start.process, step.start.variables ?? {}, { secondary: step.start.secondary === true });
  if (step.startByMessage && host.startByName(step.startByMessage.name, step.startByMessage.variables ?? {}) === 0)
    return [`nothing starts by ${step.startByMessage.name}`];
  if (step.signal) host.publish(`signal:${step.signal.name}`);
  if (step.message) return message(host, step.message);
  if (step.completeTask !== undefined) return complete(host, step.completeTask, step.count ?? 1, step.variables ?? {});
  if (step.drainTasks) return drain(host, step.drainTasks);
  if (step.trigger !== undefined) return message(host, { name: step.trigger });
  if (step.setVariables && host.primary)
    host.send(host.primary, { type: 'SetVariables', variables: step.setVariables });
  if (step.advanceTime !== undefined) host.advance(Duration.fromISO(step.advanceTime).toMillis());
  return adHoc(host, step);
}

function adHoc(host: CaseHost, step: BpmnStep): string[] {
  const { enableAdHocActivity: activityId, completeAdHoc } = step;
  const elementId = completeAdHoc ?? (activityId === undefined ? undefined : (step.in ?? host.adHocOf(activityId)));
  if (elementId === undefined) return [];
  const place = host.openScope(elementId);
  if (!place) return [`expected ad-hoc sub-process ${elementId} to be under way`];
  host.send(
    place.caseId,
    activityId === undefined
      ? { type: 'CompleteAdHoc', elementId }
      : { type: 'EnterActivity', elementId, scopeId: place.scopeId, activityId },
  );
  return [];
}

function message(host: CaseHost, { name, expectNoReceiver }: { name: string; expectNoReceiver?: boolean }): string[] {
  const receivers = host.publish(name);
  if (expectNoReceiver) return receivers === 0 ? [] : [`expected nobody to receive ${name}`];
  return receivers > 0 ? [] : [`nobody receives ${name}`];
}

function openTasks(host: CaseHost): { caseId: string; taskId: string; elementId: string }[] {
  return host.states.flatMap((state) =>
    viewCase(state).tasks.map(({ taskId, elementId }) => ({ caseId: state.caseId, taskId, elementId })),
  );
}

function complete(host: CaseHost, element: string, count: number, variables: JsonObject): string[] {
  for (let done = 0; done < count; done += 1) {
    const task = openTasks(host).find(({ elementId }) => elementId === element);
    if (!task)
      return [
        `expected an open task ${element}, but open are ${JSON.stringify(openTasks(host).map((t) => t.elementId))}`,
      ];
    host.send(task.caseId, { type: 'CompleteTask', taskId: task.taskId, variables });
  }
  return [];
}

function drain(host: CaseHost, counts: Readonly<Record<string, number>>): string[] {
  const left = new Map(Object.entries(counts));
  for (;;) {
    const task = openTasks(host).find(({ elementId }) => left.has(elementId));
    if (!task) break;
    host.send(task.caseId, { type: 'CompleteTask', taskId: task.taskId, variables: {} });
    left.set(task.elementId, (left.get(task.elementId) ?? 0) - 1);
  }
  return [...left].filter(([, count]) => count !== 0).map(([id, count]) => `task ${id}: ${count} left`);
}

function check(host: CaseHost, step: BpmnStep): string[] {
  const failures: string[] = [];
  if (step.expectUserTasks) {
    const open = countBy(openTasks(host).map(({ elementId }) => elementId));
    if (!sameCounts(open, step.expectUserTasks))
      failures.push(`tasks: expected ${JSON.stringify(step.expectUserTasks)}, but ${JSON.stringify(open)}`);
  }
  for (const [id, count] of Object.entries(step.expectWaiting ?? {})) {
    const waiting = waits(host).filter((one) => one === id).length;
    if (waiting !== count) failures.push(`${id}: expected ${count} waiting, but ${waiting}`);
  }
  for (const id of step.expectNotActive ?? [])
    if (host.states.some((state) => viewCase(state).tokens.some(({ elementId }) => elementId === id)))
      failures.push(`expected ${id} not active`);
  if (step.expectEnded !== undefined && isEnded(host) !== step.expectEnded)
    failures.push(`expected ended ${step.expectEnded}`);
  if (step.expectVariables) failures.push(...checkVariables(host, step.expectVariables));
  return failures;
}

function waits(host: CaseHost): string[] {
  return host.states.flatMap((state) => [
    ...viewCase(state).timers.map(({ elementId }) => elementId),
    ...viewCase(state).subscriptions.map(({ elementId }) => elementId),
    ...Object.values(state.conditions).map(({ node }) => node),
  ]);
}

function isEnded(host: CaseHost): boolean {
  return host.primary !== undefined && host.stateOf(host.primary).status === 'ended';
}

function checkVariables(host: CaseHost, expected: JsonObject): string[] {
  const actual = host.primary === undefined ? {} : viewCase(host.stateOf(host.primary)).variables;
  return Object.entries(expected)
    .filter(([name, value]) => JSON.stringify(actual[name]) !== JSON.stringify(value))
    .map(([name, value]) => `variable ${name}: expected ${JSON.stringify(value)}, but ${JSON.stringify(actual[name])}`);
}

function checkOutcome(host: CaseHost, one: BpmnCase): string[] {
  const { outcome, ended, trace, completedActivities, variables } = one.expect;
  const failures: string[] = [];
  const state = host.primary === undefined ? undefined : host.stateOf(host.primary);
  if (outcome === 'completed' && (state?.status !== 'ended' || state.outcome === 'error'))
    failures.push(
      `expected completed, but ${state?.outcome ?? state?.status}: ${JSON.stringify(state && viewCase(state).tokens)}`,
    );
  if (outcome === 'waiting' && state?.status !== 'active') failures.push(`expected waiting, but ${state?.outcome}`);
  if ((outcome === 'error' || outcome === 'rejected-or-error') && host.errors.length === 0)
    failures.push('expected an error');
  if (outcome === 'uncaughtBpmnError' && state?.outcome !== 'error') failures.push('expected an uncaught error');
  if (outcome === 'rejected') failures.push('expected the deployment to be refused');
  if (ended !== undefined && outcome !== 'error' && isEnded(host) !== ended) failures.push(`expected ended ${ended}`);
  if (trace) failures.push(...checkTrace(host, trace.tokens));
  if (completedActivities) failures.push(...checkCompleted(host, completedActivities));
  if (variables) failures.push(...checkVariables(host, variables));
  return failures;
}

function checkTrace(host: CaseHost, expected: readonly string[]): string[] {
  const markers = expected.includes('MARKER_exists');
  const actual = host.trace.filter((token) => markers || token !== 'MARKER_exists');
  return sameCounts(countBy(actual), countBy(expected))
    ? []
    : [`trace: expected ${[...expected].sort().join(' ')}, but ${[...actual].sort().join(' ')}`];
}

function checkCompleted(
  host: CaseHost,
  { mode, counts }: NonNullable<BpmnCase['expect']['completedActivities']>,
): string[] {
  return Object.entries(counts).flatMap(([id, count]) => {
    const actual = trailOf(host.events).completed[id] ?? 0;
    const holds = mode === 'at-least' ? actual >= count : actual === count;
    return holds ? [] : [`${id}: expected ${count} completions, but ${actual}`];
  });
}

function countBy(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

function sameCounts(a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): boolean {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => (a[name] ?? 0) === (b[name] ?? 0));
}

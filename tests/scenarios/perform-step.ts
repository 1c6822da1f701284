import type { JsonObject, Rejection, Result, TaskRecord } from '../../engine/index.ts';
import { checkExpectation } from './check-expectation.ts';
import { nameCase, type Play, requestOf, type Seen, seeCase } from './play.ts';
import type { Step } from './scenario-format.ts';
import { differences, evaluateOn, fillInObject } from './scenario-values.ts';
import { advanceTo } from './settle.ts';
import { hospital } from './world.ts';

type StepOf<K extends string> = Extract<Step, Readonly<Record<K, unknown>>>;

/** Does one step. Returns what went otherwise than the step says. */
export async function performStep(play: Play, step: Step): Promise<readonly string[]> {
  const { world } = play;
  if ('start' in step) return start(play, step);
  if ('complete' in step) return complete(play, step);
  if ('claim' in step) return claim(play, step);
  if ('release' in step) return release(play, step);
  if ('message' in step) return publish(play, step);
  if ('settleJob' in step) return settleJob(play, step);
  if ('retryIncident' in step) return retryIncident(play, step);
  if ('enter' in step) return enter(play, step);
  if ('finish' in step) return finish(play, step);
  if ('cancel' in step) return cancel(play, step);
  if ('expectTasks' in step) return expectTasks(await seeCase(play, step), step.expectTasks);
  if ('expect' in step) return checkExpectation(play, await seeCase(play, step), step.expect);
  if ('find' in step) return find(play, step);
  if ('advance' in step) await advanceTo(world, addDuration(world.clock.now(), step.advance));
  if ('crash' in step) world.crash();
  if ('fault' in step) await world.simulators.injectFault(step.fault);
  if ('roster' in step) world.setRoster(step.roster);
  return [];
}

async function start(play: Play, step: StepOf<'start'>): Promise<readonly string[]> {
  const { world } = play;
  const at = world.clock.now();
  const context = {
    ...(step.patient && { patient: world.patient(step.patient) }),
    ...fillInObject(step.context, await variablesOf(play, step), at),
  };
  const before = await variablesOf(play, step);
  const result = await world.engine().start({
    ...(await requestOf(play, step.by)),
    processKey: step.start,
    variables: fillInObject(step.form, { ...before, ...context }, at),
    context,
    businessKey: step.businessKey,
    processId: step.processId,
  });
  if (result.ok) nameCase(play, result.value.caseId, step.as);
  return judge(result, step.expectRejection);
}

/** Variables of the case a step means; none while there is no case yet. */
async function variablesOf(play: Play, step: { readonly case?: string }): Promise<JsonObject> {
  return play.current === undefined && step.case === undefined ? {} : (await seeCase(play, step)).view.variables;
}

async function complete(play: Play, step: StepOf<'complete'>): Promise<readonly string[]> {
  const seen = await seeCase(play, step);
  const task = findTask(seen, step.complete, step);
  const request = await requestOf(play, step.by);
  const at = play.world.clock.now();
  const variables = fillInObject(step.form, { ...seen.view.variables, ...task.input }, at);
  const { taskId } = task;
  const override = overrideOf(step);
  return judge(
    await play.world.engine().complete({ ...request, caseId: seen.caseId, taskId, variables, override }),
    step.expectRejection,
  );
}

async function claim(play: Play, step: StepOf<'claim'>): Promise<readonly string[]> {
  const seen = await seeCase(play, step);
  const { taskId } = findTask(seen, step.claim, step);
  const request = await requestOf(play, step.by);
  const override = overrideOf(step);
  return judge(
    await play.world.engine().claim({ ...request, caseId: seen.caseId, taskId, override }),
    step.expectRejection,
  );
}

async function release(play: Play, step: StepOf<'release'>): Promise<readonly string[]> {
  const seen = await seeCase(play, step);
  const { taskId } = findTask(seen, step.release, step);
  const request = await requestOf(play, step.by);
  return judge(await play.world.engine().release({ ...request, caseId: seen.caseId, taskId }), step.expectRejection);
}

async function publish(play: Play, step: StepOf<'message'>): Promise<readonly string[]> {
  const at = play.world.clock.now();
  const context = await variablesOf(play, step);
  const key = step.key?.trimStart().startsWith('=') ? String(evaluateOn(step.key, context, at)) : (step.key ?? '');
  play.sent += 1;
  await play.world.engine().publishMessage({
    tenantId: hospital,
    messageId: step.id ?? `scenario-message-${play.sent}`,
    messageName: step.message,
    correlationKey: key,
    payload: fillInObject(step.payload, context, at),
    source: 'scenario',
  });
  return [];
}

async function settleJob(play: Play, step: StepOf<'settleJob'>): Promise<readonly string[]> {
  const seen = await seeCase(play, step);
  const incidentId = findIncident(seen, step.settleJob);
  const request = await requestOf(play, step.by);
  const output = fillInObject(step.output, seen.view.variables, play.world.clock.now());
  const { outcome, errorCode } = step;
  const result = await play.world
    .engine()
    .settleJob({ ...request, caseId: seen.caseId, incidentId, outcome, errorCode, output });
  return judge(result, step.expectRejection);
}

async function retryIncident(play: Play, step: StepOf<'retryIncident'>): Promise<readonly string[]> {
  const seen = await seeCase(play, step);
  const incidentId = findIncident(seen, step.retryIncident);
  const request = await requestOf(play, step.by);
  return judge(
    await play.world.engine().retryIncident({ ...request, caseId: seen.caseId, incidentId }),
    step.expectRejection,
  );
}

async function enter(play: Play, step: StepOf<'enter'>): Promise<readonly string[]> {
  const { caseId } = await seeCase(play, step);
  const place = { caseId, elementId: step.in, activityId: step.enter };
  const request = await requestOf(play, step.by);
  return judge(await play.world.engine().enterActivity({ ...request, ...place }), step.expectRejection);
}

async function finish(play: Play, step: StepOf<'finish'>): Promise<readonly string[]> {
  const { caseId } = await seeCase(play, step);
  const request = await requestOf(play, step.by);
  const answer = await play.world.engine().completeAdHoc({ ...request, caseId, elementId: step.finish });
  return judge(answer, step.expectRejection);
}

async function cancel(play: Play, step: StepOf<'cancel'>): Promise<readonly string[]> {
  const { caseId } = await seeCase(play, step);
  const request = await requestOf(play, step.by);
  return judge(await play.world.engine().cancelCase({ ...request, caseId, reason: step.cancel }), step.expectRejection);
}

async function find(play: Play, step: StepOf<'find'>): Promise<readonly string[]> {
  const named = new Set(play.cases.values());
  const found = (await play.world.probe.cases())
    .filter((one) => one.processKey === step.find && !named.has(one.caseId))
    .at(-1);
  if (!found) return [`expected a case of ${step.find} that no step has named, but there is none`];
  nameCase(play, found.caseId, step.as);
  return [];
}

function expectTasks({ view }: Seen, expected: Readonly<Record<string, number>>): string[] {
  const counts = new Map<string, number>();
  for (const { elementId } of view.tasks) counts.set(elementId, (counts.get(elementId) ?? 0) + 1);
  return Object.entries(expected).flatMap(([elementId, count]) => {
    const open = counts.get(elementId) ?? 0;
    return open === count
      ? []
      : [
          `expected ${count} open tasks at ${elementId}, but there are ${open}; open: ${[...counts.keys()].join(', ') || 'none'}`,
        ];
  });
}

function findTask(
  { view }: Seen,
  elementId: string,
  { index = 0, where }: { readonly index?: number; readonly where?: Record<string, unknown> },
): TaskRecord {
  const open = view.tasks.filter(
    (task) => task.elementId === elementId && differences(jsonOf(where), task.input).length === 0,
  );
  const task = open[index];
  if (task) return task;
  const others = view.tasks.map((one) => one.elementId).join(', ') || 'none';
  throw new Error(
    `Expected an open task ${elementId}${index > 0 ? ` (number ${index})` : ''}, but the open tasks are: ${others}`,
  );
}

function jsonOf(where: Record<string, unknown> | undefined) {
  return JSON.parse(JSON.stringify(where ?? {}));
}

function findIncident({ view }: Seen, elementId: string): string {
  const incident = view.incidents.find((one) => one.elementId === elementId);
  if (incident) return incident.incidentId;
  const others = view.incidents.map((one) => one.elementId).join(', ') || 'none';
  throw new Error(`Expected an incident at ${elementId}, but the open ones are: ${others}`);
}

function overrideOf({ override }: { readonly override?: string }) {
  return override === undefined ? undefined : { reason: override };
}

function judge(result: Result<unknown>, expected: string | undefined): string[] {
  if (result.ok) return expected === undefined ? [] : [`expected the rejection ${expected}, but it was accepted`];
  if (result.rejection.code === expected) return [];
  return [
    `${expected === undefined ? '' : `expected the rejection ${expected}, but it was `}rejected: ${describe(result.rejection)}`,
  ];
}

function describe({ code, message, fields = [] }: Rejection): string {
  return [`${code}: ${message}`, ...fields.map((field) => `  ${field.path}: ${field.message}`)].join('\n');
}

function addDuration(at: string, duration: string): string {
  const parts = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(duration);
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = (parts ?? []).slice(1).map((part) => Number(part ?? 0));
  return new Date(Date.parse(at) + (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000).toISOString();
}

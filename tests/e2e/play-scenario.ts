import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import type { Json, JsonObject } from '../../engine/index.ts';
import { type Expectation, parseScenario, type Scenario, type Step } from '../scenarios/scenario-format.ts';
import { evaluateOn, isList, isObject } from '../scenarios/scenario-values.ts';
import {
  advanceClock,
  type Hospital,
  hospitalNow,
  openTask,
  openTaskByLink,
  readCase,
  type ShownCase,
  type ShownTask,
  sendTask,
  setRoster,
  startCase,
  until,
} from './hospital.ts';
import { injectFault, retryIncident, sendMessage, settleIncident } from './outside.ts';
import { expectRefusal, refusal } from './refusal.ts';

type StepOf<K extends string> = Extract<Step, Readonly<Record<K, unknown>>>;

/** What a scenario's people know besides the screen in front of them. */
export type Knowledge = {
  /** At a task: such as the codes on the packs in their hands. */
  readonly atTask?: (task: ShownTask, caseId: string) => Promise<JsonObject> | JsonObject;
  /** At the start of a case: such as the number of a sale, found at another screen. */
  readonly atStart?: (step: StepOf<'start'>) => Promise<JsonObject> | JsonObject;
};

/** A scenario on its way through the browser. */
export type UiPlay = {
  readonly hospital: Hospital;
  readonly scenario: Scenario;
  readonly cases: Map<string, string>;
  current: string | undefined;
  /** Whole days between the scenario's calendar and the demonstration's. */
  days: number;
  readonly know: Knowledge;
};

/** Who looks at case pages and the clock: somebody who works in none of the flows. */
const watcher = 'sa-jiang';
const day = 86_400_000;

/** Reads a flow's scenario: the same file that the engine's scenario runner plays. */
export async function readScenario(key: string, name: string): Promise<Scenario> {
  const file = new URL(`../../processes/${key}/scenarios/${name}.json`, import.meta.url);
  return parseScenario(JSON.parse(await readFile(file, 'utf8')));
}

/**
 * Begins a scenario: the clock goes forward to its time of day, its people come on duty, and the failures it scripts are
 * set up.
 */
export async function beginPlay(hospital: Hospital, scenario: Scenario, know: Knowledge = {}): Promise<UiPlay> {
  const page = await hospital.at(watcher);
  if (scenario.roster === 'night' || scenario.roster === 'day') await setRoster(page, scenario.roster);
  const now = Date.parse(await hospitalNow(page));
  const planned = Date.parse(scenario.at);
  const days = Math.ceil((now - planned) / day);
  const wait = Math.round((planned + days * day - now) / 1000);
  if (wait > 0) await advanceClock(page, `PT${wait}S`);
  for (const fault of scenario.faults ?? []) await injectFault(page, fault);
  return { hospital, scenario, cases: new Map(), current: undefined, days, know };
}

/** Plays the scenario through the screens, each step as the person it names; kills the server after some steps. */
export async function playSteps(play: UiPlay, killAfter: readonly string[] = []): Promise<void> {
  for (const [index, step] of play.scenario.steps.entries()) {
    try {
      await playStep(play, step);
      if (killAfter.includes(verbOf(step))) await play.hospital.crash();
    } catch (error) {
      throw new Error(`Step ${index} ${describe(step)}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

/** `start`, or the element a step completes. */
function verbOf(step: Step): string {
  if ('complete' in step && step.expectRejection === undefined) return step.complete;
  return 'start' in step ? 'start' : '';
}

function describe(step: Step): string {
  return JSON.stringify(step).slice(0, 160);
}

async function playStep(play: UiPlay, step: Step): Promise<void> {
  const { hospital } = play;
  if ('start' in step) return start(play, step);
  if ('complete' in step) return step.expectRejection === undefined ? complete(play, step) : refused(play, step);
  if ('message' in step) return message(play, step);
  if ('fault' in step) return injectFault(await hospital.at(watcher), step.fault);
  if ('settleJob' in step) return settleIncident(await hospital.at(step.by), caseOf(play, step), step);
  if ('retryIncident' in step) return retryIncident(await hospital.at(step.by), caseOf(play, step), step.retryIncident);
  if ('expectTasks' in step) return expectTasks(play, step);
  if ('expect' in step) return expectCase(play, caseOf(play, step), step.expect);
  if ('advance' in step) return advanceClock(await hospital.at(watcher), step.advance);
  if ('crash' in step) return hospital.crash();
  throw new Error('Expected a step that has a screen, but this one has none');
}

async function start(play: UiPlay, step: StepOf<'start'>): Promise<void> {
  const page = await play.hospital.at(step.by);
  const { start: key, processId, patient } = step;
  const known = (await play.know.atStart?.(step)) ?? {};
  const form = (at: string) => asObject(resolve(play, step.form ?? {}, known, at));
  const caseId = await startCase(page, { key, processId, patient, form });
  play.cases.set(step.as ?? caseId, caseId);
  play.current = caseId;
}

/** The case a step means. */
export function caseOf(play: UiPlay, { case: name }: { readonly case?: string }): string {
  const caseId = name === undefined ? play.current : play.cases.get(name);
  if (caseId === undefined) throw new Error(`Expected a case ${name ?? ''} to have been started`);
  return caseId;
}

/** The data the step fills in, as its person sees the case. */
async function dataOf(play: UiPlay, step: StepOf<'complete'>, task: ShownTask): Promise<JsonObject> {
  const known = await play.know.atTask?.(task, caseOf(play, step));
  const wrist: JsonObject = task.patient?.patientId ? { patientId: task.patient.patientId } : {};
  return asObject(resolve(play, step.form ?? {}, { ...wrist, ...task.data, ...known }, task.now));
}

async function complete(play: UiPlay, step: StepOf<'complete'>): Promise<void> {
  const page = await play.hospital.at(step.by);
  const task = await openTask(page, caseOf(play, step), step.complete, step.index);
  await sendTask(page, task, await dataOf(play, step, task), step.override);
}

/** Somebody tries what they may not: by a link, as their list may not even show the task. */
async function refused(play: UiPlay, step: StepOf<'complete'>): Promise<void> {
  const [page, watch] = [await play.hospital.at(step.by), await play.hospital.at(watcher)];
  const task = await openTaskByLink(page, watch, caseOf(play, step), step.complete, step.index);
  if (task) await tryToSend(page, task, await dataOf(play, step, task), step.override);
  await expectRefusal(page, step.expectRejection ?? '');
}

async function tryToSend(page: Page, task: ShownTask, data: JsonObject, override?: string): Promise<void> {
  await sendTask(page, task, data, override).then(
    () => {
      throw new Error(`Expected ${task.elementId} to be refused, but it was accepted`);
    },
    async (error: unknown) => {
      if ((await page.locator(refusal).count()) === 0) throw error;
    },
  );
}

async function message(play: UiPlay, step: StepOf<'message'>): Promise<void> {
  const watch = await play.hospital.at(watcher);
  const { businessKey, patient, now } = await readCase(watch, caseOf(play, step));
  const known: JsonObject = { orderNo: businessKey ?? '', patientId: patient?.patientId ?? '' };
  const fill = (value: Json) => resolve(play, value, { ...known, patient: known }, now);
  const key = step.key?.startsWith('=') ? fill({ $feel: step.key }) : step.key;
  await sendMessage(watch, step.message, String(key ?? ''), asObject(fill(step.payload ?? {})));
}

async function expectTasks(play: UiPlay, step: StepOf<'expectTasks'>): Promise<void> {
  const watch = await play.hospital.at(watcher);
  let seen = '';
  await until('the open tasks of the scenario', async () => {
    const { tasks } = await readCase(watch, caseOf(play, step));
    seen = tasks.map((task) => task.elementId).join(', ');
    const right = Object.entries(step.expectTasks).every(
      ([elementId, count]) => tasks.filter((task) => task.elementId === elementId).length === count,
    );
    return right || undefined;
  }).catch((error: unknown) => {
    throw new Error(`${error instanceof Error ? error.message : ''} Open are: ${seen}`);
  });
}

/** Holds the case page against what the scenario expects, as far as the page shows it. */
export async function expectCase(play: UiPlay, caseId: string, expected: Expectation): Promise<void> {
  const watch = await play.hospital.at(watcher);
  let wrong: readonly string[] = [];
  await until('the case page to show what the scenario expects', async () => {
    wrong = differencesOf(await readCase(watch, caseId), expected);
    return wrong.length === 0 || undefined;
  }).catch(() => {
    throw new Error(`Expected otherwise on the case page: ${wrong.join('; ')}`);
  });
}

function differencesOf(shown: ShownCase, expected: Expectation): readonly string[] {
  const { classes } = shown.marks;
  const done = (id: string) => classes[id] === 'case-done';
  const stuck = shown.incidents.map((one) => one.elementId);
  const waits = shown.waiting.map((one) => (one.kind === 'timer' ? one.elementId : one.what));
  return [
    ...(expected.ended === undefined || expected.ended === (shown.status === 'ended')
      ? []
      : [`status ${shown.status}`]),
    ...(expected.outcome === undefined || expected.outcome === shown.outcome ? [] : [`outcome ${shown.outcome}`]),
    ...Object.keys(expected.completed ?? {}).flatMap((id) => (done(id) ? [] : [`${id} is not done`])),
    ...(expected.notCompleted ?? []).flatMap((id) => (done(id) ? [`${id} is done`] : [])),
    ...(expected.incidents && expected.incidents.length !== stuck.length ? [`incidents at ${stuck.join(', ')}`] : []),
    ...[...(expected.timers ?? []), ...(expected.waitingFor ?? [])].flatMap((one) =>
      waits.includes(one) ? [] : [`does not wait for ${one}`],
    ),
  ];
}

/** Puts in what the form's person knows, and moves the scenario's dates to the demonstration's calendar. */
function resolve(play: UiPlay, value: Json, context: JsonObject, at: string): Json {
  if (isList(value)) return value.map((item) => resolve(play, item, context, at));
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\d(T|$)/.test(value)) return moveDate(value, play.days);
  if (!isObject(value)) return value;
  const feel = value.$feel;
  if (typeof feel === 'string' && Object.keys(value).length === 1) return known(feel, evaluateOn(feel, context, at));
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, resolve(play, inner, context, at)]));
}

function moveDate(date: string, days: number): string {
  const moved = new Date(Date.parse(date) + days * day).toISOString();
  return date.includes('T') ? moved : moved.slice(0, 10);
}

function asObject(value: Json): JsonObject {
  if (!isObject(value)) throw new Error('Expected an object of form data, but it is none');
  return value;
}

function known(feel: string, value: Json): Json {
  if (value === null || (isList(value) && value.includes(null)))
    throw new Error(`Expected the person to know ${feel}, but the screen does not tell`);
  return value;
}

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
  readCase,
  type ShownCase,
  type ShownTask,
  sendTask,
  setRoster,
  startCase,
  until,
} from './hospital.ts';

type StepOf<K extends string> = Extract<Step, Readonly<Record<K, unknown>>>;

/** What a scenario's people know besides the screen, such as the codes on the packs in their hands. */
export type Knowledge = (task: ShownTask, caseId: string) => Promise<JsonObject> | JsonObject;

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

/** Begins a scenario: the clock goes forward to its time of day, and its people come on duty. */
export async function beginPlay(hospital: Hospital, scenario: Scenario, know: Knowledge = () => ({})): Promise<UiPlay> {
  const page = await hospital.at(watcher);
  if (scenario.roster === 'night' || scenario.roster === 'day') await setRoster(page, scenario.roster);
  const now = Date.parse(await hospitalNow(page));
  const planned = Date.parse(scenario.at);
  const days = Math.ceil((now - planned) / day);
  const wait = Math.round((planned + days * day - now) / 1000);
  if (wait > 0) await advanceClock(page, `PT${wait}S`);
  return { hospital, scenario, cases: new Map(), current: undefined, days, know };
}

/** Plays steps through the screens, each as the person it names. */
export async function playSteps(play: UiPlay, steps: readonly Step[] = play.scenario.steps): Promise<void> {
  for (const step of steps) {
    await playStep(play, step).catch((error: unknown) => {
      throw new Error(
        `Step ${play.scenario.steps.indexOf(step)} ${describe(step)}: ${error instanceof Error ? error.message : String(error)}`,
      );
    });
  }
}

function describe(step: Step): string {
  return JSON.stringify(step).slice(0, 160);
}

async function playStep(play: UiPlay, step: Step): Promise<void> {
  const { hospital } = play;
  if ('start' in step) return start(play, step);
  if ('complete' in step) return complete(play, step);
  if ('expectTasks' in step) return expectTasks(play, step);
  if ('expect' in step) return expectCase(play, caseOf(play, step), step.expect);
  if ('advance' in step) return advanceClock(await hospital.at(watcher), step.advance);
  if ('crash' in step) return hospital.crash();
  throw new Error('Expected a step that has a screen, but this one has none');
}

async function start(play: UiPlay, step: StepOf<'start'>): Promise<void> {
  const page = await play.hospital.at(step.by);
  const { start: key, processId, patient } = step;
  const form = (at: string) => asObject(resolve(play, step.form ?? {}, {}, at));
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

/** Opens the step's task as its person. */
export async function openStep(play: UiPlay, step: StepOf<'complete'>): Promise<{ page: Page; task: ShownTask }> {
  const caseId = caseOf(play, step);
  const page = await play.hospital.at(step.by);
  return { page, task: await openTask(page, caseId, step.complete, step.index) };
}

/** The data the step fills in, as its person sees the case. */
export async function dataOf(play: UiPlay, step: StepOf<'complete'>, task: ShownTask): Promise<JsonObject> {
  const known = await play.know(task, caseOf(play, step));
  const wrist: JsonObject = task.patient?.patientId ? { patientId: task.patient.patientId } : {};
  return asObject(resolve(play, step.form ?? {}, { ...wrist, ...task.data, ...known }, task.now));
}

async function complete(play: UiPlay, step: StepOf<'complete'>): Promise<void> {
  const { page, task } = await openStep(play, step);
  const data = await dataOf(play, step, task);
  const sent = sendTask(page, task, data, step.override);
  if (step.expectRejection === undefined) return sent;
  await sent.then(
    () => {
      throw new Error(`Expected ${step.expectRejection}, but it was accepted`);
    },
    async (error: unknown) => {
      if ((await page.locator('.error-summary, .notice.danger').count()) === 0) throw error;
    },
  );
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

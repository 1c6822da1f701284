import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { ReadModels } from '../../db/read-models.ts';
import type { Clock, Directory, Engine, Json, JsonObject, Rejection, TaskRecord } from '../../engine/index.ts';
import type { PatientDesk } from '../server/services.ts';
import type { InstallationFacts } from './installation-facts.server.ts';
import source from './morning-cases.json' with { type: 'json' };

/** Name of the installation's fact that says how many cases of the morning were begun. */
export const morningFact = 'morning-cases-begun';
/** A task is waited for this often, this long apart: half a minute. */
const mostLooks = 150;
const pauseMilliseconds = 200;

const json: z.ZodType<Json> = z.json();
const form = z.record(z.string(), json);
const script = z.object({
  tracks: z.record(
    z.string(),
    z.object({
      flow: z.string(),
      processId: z.string(),
      form,
      steps: z.array(z.object({ task: z.string(), by: z.string(), form })),
    }),
  ),
  cases: z.array(z.object({ track: z.string(), patient: z.string(), by: z.string(), steps: z.int().min(0) })),
});

/** What the morning is played on. */
export type MorningStage = {
  readonly tenantId: string;
  readonly engine: Engine;
  readonly readModels: ReadModels;
  readonly directory: Directory;
  readonly patients: PatientDesk;
  readonly clock: Clock;
  readonly facts: InstallationFacts;
  readonly say: (line: string) => void;
  /** Whether the product is ending; the rest of the morning is then left out. */
  readonly ending: () => boolean;
};

type Track = z.infer<typeof script>['tracks'][string];
type Played = z.infer<typeof script>['cases'][number];

/**
 * Fills the demo hospital with a morning's worth of cases in different states, by the staff and commands of a real
 * day: through the engine, so their histories are as good as any. Once per installation: a morning that was interrupted
 * goes on with the next case at the next start; the one it was at stays as it stands, a running case like any other.
 */
export async function playMorning(stage: MorningStage): Promise<void> {
  const { tracks, cases } = script.parse(source);
  const begun = Number((await stage.facts.read(morningFact)) ?? 0);
  const left = [...cases.entries()].slice(begun);
  if (left.length > 0) stage.say('Playing a morning of the demo hospital in the background (first start only) …');
  for (const [index, one] of left) {
    if (stage.ending()) return;
    await stage.facts.write(morningFact, String(index + 1));
    const track = tracks[one.track];
    if (!track) throw new Error(`Expected a track ${one.track} in morning-cases.json, but there is none.`);
    const problem = await playCase(stage, track, one);
    if (problem && !stage.ending()) stage.say(`A demo case of ${track.processId} stopped early: ${problem}`);
  }
}

async function personOf({ directory, tenantId, clock }: MorningStage, id: string) {
  const person = await directory.person(tenantId, id, clock.now());
  if (!person) throw new Error(`Expected ${id} among the demo staff, but there is nobody.`);
  return person;
}

/** Plays one case; returns why it stopped before its last step, if it did. */
async function playCase(stage: MorningStage, track: Track, played: Played): Promise<string | undefined> {
  const { engine, tenantId, clock } = stage;
  const patient = await stage.patients.find({ tenantId, patientId: played.patient, at: clock.now() });
  if (!patient) return `no patient ${played.patient}`;
  const started = await engine.start({
    tenantId,
    by: await personOf(stage, played.by),
    key: `morning-${played.track}-${played.patient}`,
    processKey: track.flow,
    processId: track.processId,
    variables: track.form,
    context: { patient },
  });
  if (!started.ok) return reasonOf(started.rejection);
  const { caseId } = started.value;
  for (const step of track.steps.slice(0, played.steps)) {
    if (stage.ending()) return undefined;
    const problem = await playStep(stage, caseId, step, played);
    if (problem) return `${step.task}: ${problem}`;
  }
  return undefined;
}

async function playStep(
  stage: MorningStage,
  caseId: string,
  step: Track['steps'][number],
  played: Played,
): Promise<string | undefined> {
  const { engine, tenantId, clock } = stage;
  const found = await untilOpen(stage, caseId, step.task);
  const task = found?.view.tasks.find((one) => one.elementId === step.task);
  if (!found || !task) return 'no such task is open';
  const context = { ...found.view.variables, ...task.input };
  // An order is written by the doctor who began it.
  const by = await personOf(stage, isOfStarter(task) ? played.by : step.by);
  const answer = await engine.complete({
    tenantId,
    by,
    key: `morning-${caseId}-${task.taskId}`,
    caseId,
    taskId: task.taskId,
    variables: fillForm(step.form, context, clock.now()),
  });
  return answer.ok ? undefined : reasonOf(answer.rejection);
}

function reasonOf({ message, fields = [] }: Rejection): string {
  return [message, ...fields.map((field) => `${field.path} ${field.message}`)].join('; ');
}

function isOfStarter({ elementId }: TaskRecord): boolean {
  return elementId === 'C1_Write' || elementId === 'P1_Prescribe';
}

/** The case once the task is open; the host's work loop does the deliveries that come before it. */
async function untilOpen(stage: MorningStage, caseId: string, elementId: string) {
  const { readModels, tenantId } = stage;
  for (let look = 0; look < mostLooks && !stage.ending(); look += 1) {
    const found = await readModels.getCase({ tenantId, caseId });
    if (found?.view.tasks.some((task) => task.elementId === elementId)) return found;
    await sleep(pauseMilliseconds);
  }
  return undefined;
}

function fillForm(template: JsonObject, context: JsonObject, now: string): JsonObject {
  return Object.fromEntries(Object.entries(template).map(([name, value]) => [name, fill(value, context, now)]));
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** Puts in what only the running case knows: `{"$from": "a.b"}` a value of the task or case, `{"$now": true}` the time. */
function fill(value: Json, context: JsonObject, now: string): Json {
  if (isList(value)) return value.map((item) => fill(item, context, now));
  if (typeof value !== 'object' || value === null) return value;
  if (value.$now === true) return now;
  if (typeof value.$from === 'string') return at(context, value.$from.split('.')) ?? null;
  return fillForm(value, context, now);
}

function at(value: Json, path: readonly string[]): Json | undefined {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  if (typeof value !== 'object' || value === null || isList(value)) return undefined;
  const inner = value[name];
  return inner === undefined ? undefined : at(inner, rest);
}

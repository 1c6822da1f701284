import { z } from 'zod';
import { givenSchema } from '../../app/simulators/given.ts';

const json = z.json();
const data = z.record(z.string(), json);
const text = z.object({ 'zh-CN': z.string(), en: z.string() });
const duration = z.string().regex(/^P(?=.)(\d+D)?(T(\d+H)?(\d+M)?(\d+S)?)?$/, 'an ISO duration such as PT72H');

/** Who is on duty: by the clock, one of the two shifts whatever the time, or these people. */
const roster = z.union([z.enum(['clock', 'day', 'night']), z.array(z.string())]);

const fault = z.looseObject({ connector: z.string(), answer: z.string() });

/** Fields every step may have. `case` names a case by its `as`; without it the last started or found one is meant. */
const anyStep = { case: z.string().optional(), note: z.string().optional() };
/** A refusal with this code is what the step expects; nothing may have changed. */
const refusable = { expectRejection: z.string().optional() };

const start = z.strictObject({
  ...anyStep,
  ...refusable,
  start: z.string(),
  by: z.string(),
  patient: z.string().optional(),
  form: data.optional(),
  /** Further variables the host vouches for. */
  context: data.optional(),
  businessKey: z.string().optional(),
  processId: z.string().optional(),
  as: z.string().optional(),
});

/** Which of several open tasks of one element: by position (from 0), or by a part of its input. */
const whichTask = { index: z.number().int().nonnegative().optional(), where: data.optional() };

const complete = z.strictObject({
  ...anyStep,
  ...refusable,
  ...whichTask,
  complete: z.string(),
  by: z.string(),
  form: data.optional(),
  override: z.string().optional(),
});
const claim = z.strictObject({
  ...anyStep,
  ...refusable,
  ...whichTask,
  claim: z.string(),
  by: z.string(),
  override: z.string().optional(),
});
const release = z.strictObject({ ...anyStep, ...refusable, ...whichTask, release: z.string(), by: z.string() });
const message = z.strictObject({
  ...anyStep,
  message: z.string(),
  /** Text, or FEEL on the case's variables when it begins with `=`. */
  key: z.string().optional(),
  payload: data.optional(),
  /** Message id; give the same one twice to send a duplicate. */
  id: z.string().optional(),
});
const settleJob = z.strictObject({
  ...anyStep,
  ...refusable,
  settleJob: z.string(),
  by: z.string(),
  outcome: z.enum(['done', 'error', 'send-again']),
  errorCode: z.string().optional(),
  output: data.optional(),
});
const retryIncident = z.strictObject({ ...anyStep, ...refusable, retryIncident: z.string(), by: z.string() });
/** Begins an activity of an ad-hoc sub-process, or completes one; both are named by their element. */
const enter = z.strictObject({ ...anyStep, ...refusable, enter: z.string(), in: z.string(), by: z.string() });
const finish = z.strictObject({ ...anyStep, ...refusable, finish: z.string(), by: z.string() });
const cancel = z.strictObject({ ...anyStep, ...refusable, cancel: z.string(), by: z.string() });

const expectation = z.strictObject({
  ended: z.boolean().optional(),
  outcome: z.enum(['completed', 'terminated', 'error', 'cancelled']).optional(),
  /** Part of the variables: objects may have more members, lists must have as many. */
  variables: data.optional(),
  /** How often elements were completed. */
  completed: z.record(z.string(), z.number().int()).optional(),
  notCompleted: z.array(z.string()).optional(),
  /** Elements that have an open incident, in any order. */
  incidents: z.array(z.string()).optional(),
  /** What each payer has paid in and not got back, in fen, over the sales the case touched. */
  ledger: z.record(z.string(), z.number().int()).optional(),
  /** Names of messages the case waits for, among others. */
  waitingFor: z.array(z.string()).optional(),
  /** Elements with a running timer, among others. */
  timers: z.array(z.string()).optional(),
  /** Elements a token stands in, among others. */
  at: z.array(z.string()).optional(),
});

const step = z.union([
  start,
  complete,
  claim,
  release,
  message,
  settleJob,
  retryIncident,
  enter,
  finish,
  cancel,
  z.strictObject({ ...anyStep, expectTasks: z.record(z.string(), z.number().int()) }),
  /** Names the newest case of a flow that no step has named yet: one that a message started. */
  z.strictObject({ ...anyStep, find: z.string(), as: z.string() }),
  z.strictObject({ ...anyStep, advance: duration }),
  /** Throws the engine away and opens it again on the same store. */
  z.strictObject({ ...anyStep, crash: z.literal(true) }),
  z.strictObject({ ...anyStep, fault }),
  z.strictObject({ ...anyStep, roster }),
  z.strictObject({ ...anyStep, expect: expectation }),
]);

/** A scenario file: `processes/<key>/scenarios/NN-name.json`. */
export const scenarioSchema = z.strictObject({
  $schema: z.string().optional(),
  title: text,
  /** What it shows, and where the rule stands. */
  note: z.string().optional(),
  at: z.string(),
  roster: roster.optional(),
  faults: z.array(fault).optional(),
  /** What is there beyond the pinned patients and sales: see "given" in app/simulators/README.md. */
  given: givenSchema.optional(),
  steps: z.array(step).min(1),
});

/** A scenario as parsed. */
export type Scenario = z.infer<typeof scenarioSchema>;

/** One step. */
export type Step = z.infer<typeof step>;

/** What an `expect` step holds the case against. */
export type Expectation = z.infer<typeof expectation>;

const verbs = [
  ...[
    'start',
    'complete',
    'claim',
    'release',
    'message',
    'settleJob',
    'retryIncident',
    'enter',
    'finish',
    'cancel',
    'expectTasks',
    'find',
  ],
  ...['advance', 'crash', 'fault', 'roster', 'expect'],
];

/** Parses a scenario. Thrown when it is malformed; the message names the step and what is wrong with it. */
export function parseScenario(source: unknown): Scenario {
  const whole = scenarioSchema.safeParse(source);
  if (whole.success) return whole.data;
  throw new Error(whole.error.issues.map((issue) => describe(issue, source)).join('\n'));
}

/** A union's error lists every kind of step; only the kind that was meant is of interest. */
function describe(issue: z.core.$ZodIssue, source: unknown): string {
  const place = issue.path.join('.');
  if (issue.code !== 'invalid_union') return `${place}: ${issue.message}`;
  const written = z.object({ steps: z.array(z.record(z.string(), z.unknown())) }).safeParse(source);
  const keys = written.success ? Object.keys(written.data.steps[Number(issue.path[1])] ?? {}) : [];
  const verb = keys.find((key) => verbs.includes(key));
  const meant = issue.errors.find(
    (alternative) => !alternative.some((one) => one.path[0] === verb || isMissing(one, verb)),
  );
  const reasons = verb ? (meant ?? []).map((one) => `${one.path.join('.')} ${one.message}`) : [];
  const known = `Expected one of ${verbs.join(', ')}`;
  return `${place}: ${reasons.length > 0 ? reasons.join('; ') : `${known}, but the step has ${keys.join(', ') || 'nothing'}`}`;
}

function isMissing(issue: z.core.$ZodIssue, verb: string | undefined): boolean {
  return issue.code === 'unrecognized_keys' && verb !== undefined && issue.keys.includes(verb);
}

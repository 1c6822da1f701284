import type { Command } from '../core/command.ts';
import { type Decision, decide, decideMigration } from '../core/decide.ts';
import type { Instant } from '../core/json.ts';
import type { Rejection, Result } from '../core/rejection.ts';
import type { CaseState } from '../core/state.ts';
import { parseState, printState } from '../core/state-text.ts';
import type { WorkCalendar } from '../feel/index.ts';
import type { CompiledDefinition } from '../ir/definition.ts';
import { type BuiltCommit, buildCommit } from './build-commit.ts';
import { checkInput, largestText, tooLarge } from './check-input.ts';
import { clampInstant } from './clock.ts';
import type { Commit, CommitOutcome } from './commit.ts';
import type { LoadedDefinition } from './definition-cache.ts';
import type { Accepted, PublishedVersion } from './engine.ts';
import type { EngineContext } from './engine-context.ts';
import type { JobWork, LeasedJob, NewJob } from './job.ts';
import type { RequestKey, StoredAnswer, StoredCase } from './ports.ts';
import { uuidV7 } from './randomness.ts';
import { parseAnswer } from './request-key.ts';
import { pauseAfter } from './retry.ts';
import { StoreFailure } from './store-failure.ts';

/** A command without what only the runtime may say: its id and its time. */
export type CommandBody = DistributiveOmit<Command, 'id' | 'caseId' | 'at' | 'calendar'>;
type DistributiveOmit<T, K extends keyof Command> = T extends unknown ? Omit<T, K> : never;

/** A case as a command finds it. `state` and `stored` are absent when the command starts it. */
export type Situation = {
  readonly tenantId: string;
  readonly caseId: string;
  readonly stored?: StoredCase;
  readonly state?: CaseState;
  readonly definition: LoadedDefinition;
  /** When the command will be recorded: the clock's time, but never before the case's last. */
  readonly at: Instant;
  /** The hospital's working calendar, where the flow reads it. */
  readonly calendar?: WorkCalendar;
};

/** What asks for a command: a person's way in, or the kind of the job. */
export type CommandKind =
  | ('start' | 'claim' | 'release' | 'complete' | 'enter' | 'complete-ad-hoc' | 'retry' | 'settle' | 'cancel')
  | ('modify' | 'migrate' | JobWork['kind']);

/** A command to be made once its case is loaded; made again after each conflict. */
export type CommandRequest = {
  readonly tenantId: string;
  readonly caseId: string;
  readonly kind: CommandKind;
  /** Set when the command starts the case. */
  readonly startOn?: LoadedDefinition;
  readonly request?: RequestKey;
  readonly uses?: LeasedJob;
  /** Work to write with the commit, beside what the decision asks for. */
  readonly addJobs?: readonly NewJob[];
  /** Key of the message that starts the case: no other open case of the process may hold it. */
  readonly startKey?: string;
  /** Checks what needs ports (form, directory) and makes the command. */
  make(situation: Situation): Promise<Result<CommandBody>>;
};

/**
 * What became of a command. `job-lost`: the job it was to use up belongs to somebody else now. `key-held`: an open case has the key this one
 * was to begin under.
 */
export type CommandOutcome =
  | { readonly status: 'accepted'; readonly accepted: Accepted }
  | { readonly status: 'rejected'; readonly rejection: Rejection }
  | { readonly status: 'job-lost' | 'key-held' };

const attempts = 5;

/** Milliseconds after which nothing is tried again: a row that is held, or a store that is silent, is told to whoever waits while they still do. */
const tryFor = 6_000;

/** Seconds after which a refused sender should come again. */
const retryAfter = 3;

/**
 * Loads the case, decides, commits; again after a conflict or a failure of the store, up to five times or for six seconds. Commands of one case wait for each other.
 * After a commit whose outcome nobody knows the case is loaded again: the request's key finds its answer, and the version lets a second
 * commit in only where the first was not. Before all that, one try goes without reading where the node knows the case (`tryUnread`).
 */
export function handleCommand(context: EngineContext, request: CommandRequest): Promise<CommandOutcome> {
  const start = { name: 'command', facts: { kind: request.kind } } as const;
  return context.tracer.span(
    start,
    () => queueCommand(context, request),
    (outcome) => ({ outcome: outcome.status === 'rejected' ? outcome.rejection.code : outcome.status }),
  );
}

async function queueCommand(context: EngineContext, request: CommandRequest): Promise<CommandOutcome> {
  const queued = await context.queue.run(`${request.tenantId}/${request.caseId}`, () =>
    tryUntilSettled(context, request),
  );
  if (queued.ran) return queued.value;
  return queued.full === 'case' ? busy : overloaded;
}

async function tryUntilSettled(context: EngineContext, request: CommandRequest): Promise<CommandOutcome> {
  const since = context.stopwatch();
  const unread = await tryUnread(context, request);
  if (unread && !(unread instanceof StoreFailure)) return unread;
  let last: StoreFailure | undefined = unread;
  for (let attempt = last ? 2 : 1; attempt <= attempts; attempt += 1) {
    if (last && context.stopwatch() - since > tryFor) break;
    if (last) await context.sleep(pauseAfter(attempt - 1, context.randomness));
    const tried = await tryOnce(context, request).catch(expectPassing);
    if (!(tried instanceof StoreFailure) && tried !== 'conflict') return tried;
    last = tried === 'conflict' ? undefined : tried;
  }
  if (last) context.onProblem?.({ doing: 'a command', ...placeOf(request), error: last });
  return last ? unavailable : busy;
}

/**
 * One try on what the node knows without reading: the case as it committed it last, or a new one. Only a commit counts. Anything else may come of a
 * copy that is stale, or of a request that was answered before, and is decided again on what the store says.
 */
async function tryUnread(
  context: EngineContext,
  request: CommandRequest,
): Promise<CommandOutcome | StoreFailure | undefined> {
  const { tenantId, caseId, startOn } = request;
  const copy = context.kept.take(tenantId, caseId);
  if (!copy && !startOn) return undefined;
  const tried = await tryOnStored(context, request, copy).catch(expectPassing);
  if (tried instanceof StoreFailure) return tried;
  if (copy) context.kept.proved(tried === 'conflict' ? 'stale' : 'current');
  return tried !== 'conflict' && tried.status === 'accepted' ? tried : undefined;
}

/** A failure that may pass. Thrown again when it will not. */
function expectPassing(error: unknown): StoreFailure {
  if (error instanceof StoreFailure && error.meaning !== 'refused') return error;
  throw error;
}

function placeOf({ tenantId, caseId }: CommandRequest) {
  return { tenantId, caseId };
}

/** Whether a refusal is for the moment only: nothing is wrong with the command, and it may be sent again. */
export function isPassing({ code }: Rejection): boolean {
  return code === 'busy' || code === 'overloaded' || code === 'unavailable';
}

const busy = rejected({
  ...{ code: 'busy', params: { retryAfter } },
  message: 'Expected a free case, but other commands keep coming first',
});
const overloaded = rejected({
  ...{ code: 'overloaded', params: { retryAfter } },
  message: 'Expected room for a command, but too many wait already',
});
const unavailable = rejected({
  ...{ code: 'unavailable', params: { retryAfter } },
  message: 'Expected an answer of the store, but there was none',
});

async function tryOnce(context: EngineContext, request: CommandRequest): Promise<CommandOutcome | 'conflict'> {
  const { tenantId, caseId } = request;
  const loaded = await context.stores.cases.load({ tenantId, caseId, request: request.request });
  if (loaded.answer && request.request) return answerAgain(loaded.answer, request.request);
  return tryOnStored(context, request, loaded.case);
}

/** A commit that was decided, and what is answered once it is written. */
type ReadyCommit = BuiltCommit & { readonly accepted: Accepted };

/** Decides, then writes. What the decision needed is let go before: a commit waits for its batch with hundreds of others. */
async function tryOnStored(
  context: EngineContext,
  request: CommandRequest,
  stored: StoredCase | undefined,
): Promise<CommandOutcome | 'conflict'> {
  const ready = await decideOnStored(context, request, stored);
  return ready.ok ? write(context, ready.value) : rejected(ready.rejection);
}

async function decideOnStored(
  context: EngineContext,
  request: CommandRequest,
  stored: StoredCase | undefined,
): Promise<Result<ReadyCommit>> {
  const situation = await situate(context, request, stored);
  if (!situation.ok) return situation;
  const body = await request.make(situation.value);
  if (!body.ok) return body;
  const refusal = checkBody(body.value);
  return refusal ? { ok: false, rejection: refusal } : decideIn(context, request, situation.value, body.value);
}

/** Puts a loaded case together with its definition and the time a command would have; refuses when one is missing. */
export async function situate(
  context: EngineContext,
  { tenantId, caseId, startOn }: Pick<CommandRequest, 'tenantId' | 'caseId' | 'startOn'>,
  stored: StoredCase | undefined,
): Promise<Result<Situation>> {
  const now = context.clock.now();
  const facts = (found: LoadedDefinition) => calendarFor(context, tenantId, found.compiled);
  if (!stored) {
    if (startOn)
      return { ok: true, value: { tenantId, caseId, definition: startOn, at: now, ...(await facts(startOn)) } };
    return refuse('case-not-found', `Expected a case ${caseId}, but there is none`);
  }
  const definition = await context.definitions.byHash(tenantId, stored.definition.key, stored.definition.hash);
  if (!definition) return refuse('definition-not-found', `Expected the flow ${stored.definition.key} the case runs on`);
  const at = clampInstant(now, stored.lastAt);
  const state = parseState(stored.state);
  return { ok: true, value: { tenantId, caseId, stored, state, definition, at, ...(await facts(definition)) } };
}

/** The calendar a flow counts on; nothing for one that does not, or in a hospital without. */
export async function calendarFor(
  { calendars }: EngineContext,
  tenantId: string,
  { readsCalendar }: CompiledDefinition,
): Promise<{ readonly calendar?: WorkCalendar }> {
  return readsCalendar && calendars ? { calendar: await calendars.of(tenantId) } : {};
}

/** Values a command brings from outside; core only ever sees what passed here. */
function checkBody(body: CommandBody): Rejection | undefined {
  if ('variables' in body) return checkInput(body.variables);
  if ('output' in body) return checkInput(body.output);
  return 'payload' in body ? checkInput(body.payload) : undefined;
}

/** The version a migration goes to; hashes name content, so the cache has it once. */
function targetOf(
  { definitions }: EngineContext,
  { tenantId, definition }: Situation,
  { to }: Extract<CommandBody, { type: 'MigrateCase' }>,
): Promise<LoadedDefinition | undefined> {
  return definitions.byHash(tenantId, definition.stored.key, to.hash);
}

function decideOn({ definition, state }: Situation, target: LoadedDefinition | undefined, command: Command): Decision {
  if (command.type !== 'MigrateCase' || !target || !state) return decide(definition.compiled, state ?? null, command);
  return decideMigration(definition.compiled, target.compiled, state, command);
}

/** The version that decides: the one the case moves to, the one it is on, or the one it starts on. */
function decidingVersion({ stored, definition }: Situation, command: Command): PublishedVersion {
  const { key, version, hash } = stored?.definition ?? definition.stored;
  return command.type === 'MigrateCase' ? { key, ...command.to } : { key, version, hash };
}

async function decideIn(
  context: EngineContext,
  request: CommandRequest,
  situation: Situation,
  body: CommandBody,
): Promise<Result<ReadyCommit>> {
  const { caseId, at } = situation;
  const id = uuidV7(at, context.randomness);
  const target = body.type === 'MigrateCase' ? await targetOf(context, situation, body) : undefined;
  const { calendar } = target ? await calendarFor(context, situation.tenantId, target.compiled) : situation;
  const command: Command = { ...body, id, caseId, at, ...(calendar && { calendar }) };
  const decision = context.tracer.span(
    { name: 'decide', facts: { command: command.type, flow: decidingVersion(situation, command).key } },
    () => decideOn(situation, target, command),
    ({ ok }) => ({ outcome: ok ? 'accepted' : 'rejected' }),
  );
  if (!decision.ok) return decision;
  const state = printState(decision.state);
  if (state.length > largestText) return { ok: false, rejection: tooLarge('case') };
  const version = (situation.stored?.version ?? 0) + 1;
  const accepted: Accepted = { caseId, version, ended: decision.state.status === 'ended' };
  const decidedBy = decidingVersion(situation, command);
  const built = await buildCommit(context, { request, situation, decidedBy, command, decision, state, accepted });
  return { ok: true, value: { ...built, accepted } };
}

async function write(
  context: EngineContext,
  { commit, wrappedKey, accepted }: ReadyCommit,
): Promise<CommandOutcome | 'conflict'> {
  const outcome = await context.tracer.span(
    { name: 'commit', facts: {} },
    () => context.stores.cases.commit(commit),
    (result) => ({ outcome: result }),
  );
  if (outcome === 'committed') {
    context.kept.keep(commit, wrappedKey);
    announce(context, commit);
  }
  return toCommandOutcome(outcome, accepted);
}

function announce(
  { onCaseChanged, onWork }: EngineContext,
  { tenantId, caseId, expectedVersion, jobs, messages, case: change }: Commit,
): void {
  onCaseChanged?.({ tenantId, caseId, version: expectedVersion + 1 });
  // A case that ends frees its key, and what waited for that is due.
  const freed = change.status === 'ended' ? [change.at] : [];
  const due = [...jobs.add.map((job) => job.dueAt), ...messages.map((message) => message.publishedAt), ...freed].sort();
  if (due[0] !== undefined) onWork?.(due[0]);
}

function toCommandOutcome(outcome: CommitOutcome, accepted: Accepted): CommandOutcome | 'conflict' {
  switch (outcome) {
    case 'committed':
      return { status: 'accepted', accepted };
    case 'job-lost':
    case 'key-held':
      return { status: outcome };
    // Loading again finds the other command's state, or the answer that was given meanwhile.
    case 'conflict':
    case 'already-answered':
      return 'conflict';
  }
}

function answerAgain(stored: StoredAnswer, request: RequestKey): CommandOutcome {
  if (stored.hash === request.hash) return { status: 'accepted', accepted: parseAnswer(stored.answer) };
  return rejected({ code: 'key-reused', message: 'Expected the same request for this key, but it was another one' });
}

function rejected(rejection: Rejection): CommandOutcome {
  return { status: 'rejected', rejection };
}

function refuse<T>(code: Rejection['code'], message: string): Result<T> {
  return { ok: false, rejection: { code, message } };
}

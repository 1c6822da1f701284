import canonicalize from 'canonicalize';
import {
  type CaseEvent,
  type CaseState,
  type Command,
  type CompiledDefinition,
  type Decision,
  decide,
  type Effect,
  foldAll,
  type Instant,
  type JobRecord,
  type JsonObject,
  openTasksOf,
  type Person,
  viewCase,
} from '../../engine/index.ts';

type CommandBody = Command extends infer C
  ? C extends Command
    ? Omit<C, 'id' | 'caseId' | 'at' | 'by'>
    : never
  : never;

type Hosted = { state: string; events: CaseEvent[] };

type Delayed = { readonly at: Instant; readonly caseId: string; readonly body: CommandBody };

const someone: Person = {
  kind: 'person',
  id: 'someone',
  name: 'Someone',
  roles: [],
  department: 'TEST',
  credentials: [],
  onDuty: true,
};

/**
 * Runs cases in memory on one virtual clock: answers script jobs, routes messages and signals between cases, fires timers in due order. After
 * every command the history must fold to the state, and the next command is decided on what was stored.
 */
export class CaseHost {
  readonly definition: CompiledDefinition;
  readonly trace: string[] = [];
  primary: string | undefined;
  /** A command that was refused, or an incident: the `error` outcome of a case. */
  readonly errors: string[] = [];
  now: Instant = '2026-03-02T00:00:00.000Z';
  private readonly cases = new Map<string, Hosted>();
  private readonly delayed: Delayed[] = [];
  private readonly pending: (() => void)[] = [];
  private commands = 0;

  constructor(definition: CompiledDefinition) {
    this.definition = definition;
  }

  /** What has happened in all cases. */
  get events(): readonly CaseEvent[] {
    return [...this.cases.values()].flatMap(({ events }) => events);
  }

  get states(): readonly CaseState[] {
    return [...this.cases.keys()].map((id) => this.stateOf(id));
  }

  /** What every case has done so far. */
  get histories(): readonly (readonly CaseEvent[])[] {
    return [...this.cases.values()].map(({ events }) => events);
  }

  stateOf(caseId: string): CaseState {
    const state: CaseState = JSON.parse(this.cases.get(caseId)?.state ?? 'null');
    return state;
  }

  start(processId: string, variables: JsonObject, options: { startEventId?: string; secondary?: boolean } = {}): void {
    const caseId = `case${this.cases.size + 1}`;
    const { startEventId, secondary } = options;
    const body: CommandBody = { type: 'StartCase', processId, variables, ...(startEventId ? { startEventId } : {}) };
    const started = this.send(caseId, body);
    if (started && !secondary) this.primary ??= caseId;
  }

  /** Where a scope of an element is open: its case and number. */
  openScope(elementId: string): { readonly caseId: string; readonly scopeId: string } | undefined {
    for (const { caseId, scopes } of this.states)
      for (const [scopeId, { definition }] of Object.entries(scopes))
        if (this.definition.scopes[definition]?.elementId === elementId) return { caseId, scopeId };
    return undefined;
  }

  /** The ad-hoc sub-process an activity may be entered in. */
  adHocOf(activityId: string): string | undefined {
    return Object.values(this.definition.scopes).find(({ adHoc }) => adHoc?.activities.includes(activityId))?.elementId;
  }

  /** Sends a command and lets everything that follows from it happen. */
  send(caseId: string, body: CommandBody): boolean {
    this.commands += 1;
    const before = this.cases.get(caseId);
    const command = { id: `c${this.commands}`, caseId, at: this.now, by: this.actorOf(caseId, body), ...body };
    const decision = decide(this.definition, before ? this.stateOf(caseId) : null, command);
    if (!decision.ok) {
      this.errors.push(decision.rejection.message);
      return false;
    }
    this.keep(caseId, before, decision);
    for (const effect of decision.effects) this.perform(caseId, effect);
    this.settle();
    return true;
  }

  /** Whoever the model gives the task to. */
  private actorOf(caseId: string, body: CommandBody): Person {
    if (body.type !== 'CompleteTask') return someone;
    const open = openTasksOf(this.stateOf(caseId)).find(({ taskId }) => taskId === body.taskId);
    if (!open) return someone;
    const { assignee, eligibility } = open;
    return { ...someone, id: assignee ?? eligibility.persons?.[0] ?? someone.id, roles: eligibility.roles };
  }

  private keep(caseId: string, before: Hosted | undefined, decision: Extract<Decision, { ok: true }>): void {
    const events = [...(before?.events ?? []), ...decision.events];
    const state = canonicalize(decision.state) ?? '';
    if (canonicalize(foldAll(null, events)) !== state) throw new Error('Expected the history to fold to the state');
    this.cases.set(caseId, { state, events });
  }

  private settle(): void {
    for (let next = this.pending.shift(); next; next = this.pending.shift()) next();
  }

  private perform(caseId: string, effect: Effect): void {
    if (effect.type === 'RequestJob') this.pending.push(() => this.answer(caseId, effect.job));
    if (effect.type === 'PublishMessage') this.pending.push(() => this.publish(effect.message.messageName, caseId));
    if (effect.type === 'RaiseIncident') this.errors.push(effect.incident.message);
  }

  private answer(caseId: string, { jobId, headers }: JobRecord): void {
    const script = headers.script ?? '';
    const done = (output: JsonObject = {}): CommandBody => ({ type: 'CompleteJob', jobId, output });
    const variables = viewCase(this.stateOf(caseId)).variables;
    const counter = Number(variables.integerVariable ?? 0);
    if (script.startsWith('SCRIPT_')) this.trace.push(script);
    if (script === 'CREATE_MARKER_FILE') this.trace.push('MARKER_exists');
    if (script === 'INCREMENT_INTEGER_VARIABLE_AND_LOG') this.trace.push('INCREMENT');
    if (script === 'LOG_DATA' && variables.data === 'String') this.trace.push('DATA_correct');
    if (script === 'WAIT_TEN_SECONDS') this.delayed.push({ at: plus(this.now, 10_000), caseId, body: done() });
    else if (script === 'THROW_ERROR')
      this.send(caseId, { type: 'ThrowJobError', jobId, errorCode: 'ERR_CODE', message: 'thrown', output: {} });
    else if (script.startsWith('INCREMENT_INTEGER_VARIABLE')) this.send(caseId, done({ integerVariable: counter + 1 }));
    else this.send(caseId, done(script === 'SET_STRING_DATA' ? { data: 'String' } : {}));
  }

  /** Delivers to everyone who waits now, and to starts of that name. Gives the number of receivers. */
  publish(messageName: string, source?: string): number {
    let receivers = 0;
    const waiting = [...this.cases.keys()].flatMap((caseId) =>
      viewCase(this.stateOf(caseId))
        .subscriptions.filter((one) => one.messageName === messageName)
        .map(({ subscriptionId }) => ({ caseId, subscriptionId })),
    );
    const chosen = messageName.startsWith('signal:') ? waiting.filter(({ caseId }) => caseId !== source) : waiting;
    for (const { caseId, subscriptionId } of chosen) {
      const open = viewCase(this.stateOf(caseId)).subscriptions.some((one) => one.subscriptionId === subscriptionId);
      if (!open) continue;
      const messageId = `m${this.commands}`;
      if (this.send(caseId, { type: 'DeliverMessage', subscriptionId, messageId, payload: {} })) receivers += 1;
    }
    return receivers + this.startByName(messageName, {});
  }

  startByName(messageName: string, variables: JsonObject): number {
    const starts = Object.values(this.definition.processes).flatMap(({ starts }) => starts);
    const matching = starts.filter((start) => start.messageName === messageName);
    for (const { processId, startEventId } of matching) this.start(processId, variables, { startEventId });
    return matching.length;
  }

  /** Moves the clock, doing what is due on the way in due order. */
  advance(milliseconds: number): void {
    const until = plus(this.now, milliseconds);
    for (let next = this.nextDue(until); next; next = this.nextDue(until)) {
      this.now = next.at;
      next.run();
    }
    this.now = until;
  }

  private nextDue(until: Instant): { readonly at: Instant; readonly run: () => void } | undefined {
    const timers = this.states.flatMap((state) =>
      viewCase(state).timers.map(({ dueAt, timerId }) => ({
        at: dueAt,
        run: () => void this.send(state.caseId, { type: 'FireTimer', timerId }),
      })),
    );
    const answers = this.delayed.map((one) => ({
      at: one.at,
      run: () => {
        this.delayed.splice(this.delayed.indexOf(one), 1);
        if (this.stateOf(one.caseId).status === 'active' && this.isOpen(one)) this.send(one.caseId, one.body);
      },
    }));
    return [...timers, ...answers]
      .filter(({ at }) => at <= until)
      .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))[0];
  }

  private isOpen({ caseId, body }: Delayed): boolean {
    return 'jobId' in body && viewCase(this.stateOf(caseId)).jobs.some(({ jobId }) => jobId === body.jobId);
  }

  /** Runs out the virtual waits of scripts. */
  finishScripts(): void {
    while (this.delayed.length > 0) this.advance(10_000);
  }
}

function plus(at: Instant, milliseconds: number): Instant {
  return new Date(Date.parse(at) + milliseconds).toISOString();
}

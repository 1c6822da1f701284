import canonicalize from 'canonicalize';
import { expect } from 'vitest';
import {
  anyOfRoles,
  type CaseEvent,
  type CaseState,
  type Command,
  type CompiledDefinition,
  checkMigration,
  compilePackage,
  type Decision,
  type DutyOverride,
  decide,
  decideMigration,
  type Effect,
  type Finding,
  foldAll,
  type Instant,
  type JsonObject,
  type MigrationMapping,
  mappingOf,
  type Person,
  proposeMapping,
  type RejectionCode,
  type TimerChoice,
  trailOf,
  viewCase,
  type WorkCalendar,
} from '../../engine/index.ts';
import { definitions } from './diagram.ts';

/** A person who may do everything that asks for no role. */
export function person(id: string, facts: Partial<Person> = {}): Person {
  return { kind: 'person', id, name: id, roles: [], department: 'TEST', credentials: [], onDuty: true, ...facts };
}

/** Compiles root elements to a definition; a finding that refuses them fails the test. */
export function compiled(...roots: readonly string[]): Promise<CompiledDefinition> {
  return compiledAs(undefined, ...roots);
}

/** Compiles a version told from others by its hash. */
export async function compiledAs(hash: string | undefined, ...roots: readonly string[]): Promise<CompiledDefinition> {
  const options = hash === undefined ? {} : { hash };
  const { definition, findings } = await compilePackage(packageOf(definitions(...roots)), options);
  if (!definition) throw new Error(findings.map(({ message }) => message).join('\n'));
  return definition;
}

/** Findings of root elements. */
export async function findingsOf(...roots: readonly string[]): Promise<readonly Finding[]> {
  return (await compilePackage(packageOf(definitions(...roots)))).findings;
}

/** A package of one file. */
export function packageOf(bpmn: string): Parameters<typeof compilePackage>[0] {
  return { key: 'test', title: { 'zh-CN': 'test', en: 'test' }, bpmn, forms: {}, decisions: {} };
}

type MigrationOptions = {
  readonly mapping?: MigrationMapping;
  readonly timers?: TimerChoice;
  readonly changedForms?: readonly string[];
  readonly actors?: Readonly<Record<string, readonly string[]>>;
  readonly by?: Person;
};

type CommandBody = Command extends infer C
  ? C extends Command
    ? Omit<C, 'id' | 'caseId' | 'at' | 'by'> & { readonly by?: C['by'] }
    : never
  : never;

/**
 * One case under test: given a definition, when commands come, then tasks, waits and variables are such. After every command the history
 * folds to the stored state byte for byte, and the next command is decided on what was stored, not on what was in memory.
 */
export class CaseRun {
  definition: CompiledDefinition;
  readonly caseId: string;
  readonly events: CaseEvent[] = [];
  effects: readonly Effect[] = [];
  at: Instant = '2026-03-02T00:00:00.000Z';
  /** Comes with every command, where the definition reads it. */
  calendar: WorkCalendar | undefined;
  private stored: string | undefined;
  private commands = 0;

  constructor(definition: CompiledDefinition, caseId = 'case') {
    this.definition = definition;
    this.caseId = caseId;
  }

  /** The state as stored. */
  get state(): CaseState {
    if (this.stored === undefined) throw new Error('Expected a started case');
    const state: CaseState = JSON.parse(this.stored);
    return state;
  }

  get view() {
    return viewCase(this.state);
  }

  /** Starts at the one plain start event, or at the given one. */
  start(variables: JsonObject = {}, options: { processId?: string; startEventId?: string; by?: Person } = {}): this {
    const processId = options.processId ?? Object.keys(this.definition.processes)[0] ?? '';
    const { startEventId, by } = options;
    return this.accepted({
      type: 'StartCase',
      processId,
      ...(startEventId ? { startEventId } : {}),
      variables,
      ...(by ? { by } : {}),
    });
  }

  /** Completes the oldest open task of an element. */
  complete(element: string, variables: JsonObject = {}, by = person('someone'), override?: DutyOverride): this {
    return this.accepted({
      ...this.completion(element, variables, by),
      ...(override ? { override, othersOnDuty: 0 } : {}),
    });
  }

  completion(element: string, variables: JsonObject, by: Person): Extract<CommandBody, { type: 'CompleteTask' }> {
    return { type: 'CompleteTask', taskId: this.taskOf(element), variables, by };
  }

  taskOf(element: string): string {
    const task = this.view.tasks.find(({ elementId }) => elementId === element);
    return this.known(task?.taskId, `task ${element}`);
  }

  /** Fires the timer of an element at the time it is due. */
  fire(element: string): this {
    const timer = this.view.timers.find(({ elementId }) => elementId === element);
    this.at = this.known(timer?.dueAt, `timer ${element}`);
    return this.accepted({ type: 'FireTimer', timerId: this.known(timer?.timerId, `timer ${element}`) });
  }

  /** Delivers a message to the place that waits for it (the first, or the given element's). */
  deliver(messageName: string, payload: JsonObject = {}, element?: string): this {
    const subscription = this.view.subscriptions.find(
      (one) => one.messageName === messageName && (element === undefined || one.elementId === element),
    );
    const subscriptionId = this.known(subscription?.subscriptionId, `subscription ${messageName}`);
    return this.accepted({ type: 'DeliverMessage', subscriptionId, messageId: `m${this.commands}`, payload });
  }

  /** Answers the oldest job of an element. */
  jobDone(element: string, output: JsonObject = {}): this {
    return this.accepted({ type: 'CompleteJob', jobId: this.jobOf(element), output });
  }

  jobError(element: string, errorCode: string, output: JsonObject = {}): this {
    return this.accepted({ type: 'ThrowJobError', jobId: this.jobOf(element), errorCode, message: errorCode, output });
  }

  jobFailed(element: string, outcome: 'failed' | 'unknown' = 'failed'): this {
    return this.accepted({ type: 'FailJob', jobId: this.jobOf(element), message: 'unreachable', outcome });
  }

  jobOf(element: string): string {
    return this.known(this.view.jobs.find(({ elementId }) => elementId === element)?.jobId, `job ${element}`);
  }

  retry(element: string): this {
    const incident = this.view.incidents.find(({ elementId }) => elementId === element);
    return this.accepted({
      type: 'RetryIncident',
      incidentId: this.known(incident?.incidentId, `incident ${element}`),
    });
  }

  set(variables: JsonObject): this {
    return this.accepted({ type: 'SetVariables', variables });
  }

  /** Moves the case to another version, by what the system proposes or by a mapping of one's own. */
  migrate(to: CompiledDefinition, options: MigrationOptions = {}): this {
    const decision = this.decideMigration(to, options);
    if (!decision.ok) throw new Error(`MigrateCase: ${decision.rejection.message}`);
    this.keep(decision);
    this.definition = to;
    return this;
  }

  /** Decides a migration without keeping it. */
  decideMigration(to: CompiledDefinition, options: MigrationOptions = {}): Decision {
    const { mapping = mappingOf(proposeMapping(this.definition, to)), by = person('po', { roles: ['owner'] }) } =
      options;
    this.commands += 1;
    return decideMigration(this.definition, to, this.state, {
      ...{ type: 'MigrateCase', id: `command-${this.commands}`, caseId: this.caseId, at: this.at, by, mapping },
      to: { hash: to.hash, version: 2 },
      timers: options.timers ?? 'recalculate',
      changedForms: [],
      reason: 'a better version',
      authority: anyOfRoles(['owner']),
      ...(options.actors ? { actors: options.actors } : {}),
    });
  }

  /** What the system says of a migration: the verdict, and its reasons as `code element`. */
  verdict(to: CompiledDefinition, options: MigrationOptions = {}) {
    const mapping = options.mapping ?? mappingOf(proposeMapping(this.definition, to));
    const facts = {
      timers: options.timers ?? 'recalculate',
      changedForms: options.changedForms ?? [],
      actorsKnown: false,
    };
    const { verdict, notes } = checkMigration(this.state, this.definition, to, mapping, facts);
    expect(this.decideMigration(to, options).ok).toBe(verdict !== 'blocked');
    return [verdict, ...notes.map(({ code, elementId }) => `${code} ${elementId}`)];
  }

  /** Sends a command that must be accepted. */
  accepted(body: CommandBody): this {
    const decision = this.decide(body);
    if (!decision.ok) throw new Error(`${body.type}: ${decision.rejection.message}`);
    this.keep(decision);
    return this;
  }

  /** Sends a command that must be refused; nothing changes. */
  refused(body: CommandBody): {
    readonly code: RejectionCode;
    readonly params?: Readonly<Record<string, string | number>>;
  } {
    const before = this.stored;
    const decision = this.decide(body);
    if (decision.ok) throw new Error(`Expected ${body.type} to be refused, but it was accepted`);
    expect(this.stored).toBe(before);
    return decision.rejection;
  }

  /** Decides a command without keeping it. */
  decide(body: CommandBody): Decision {
    this.commands += 1;
    const base = {
      ...{ id: `command-${this.commands}`, caseId: this.caseId, at: this.at, by: person('someone') },
      ...(this.definition.readsCalendar && this.calendar ? { calendar: this.calendar } : {}),
    };
    return decide(this.definition, this.stored === undefined ? null : this.state, { ...base, ...body });
  }

  private keep(decision: Extract<Decision, { ok: true }>): void {
    const given = bytes(decision.events);
    this.events.push(...decision.events);
    this.effects = decision.effects;
    const after = bytes(decision.state);
    expect(bytes(foldAll(null, this.events))).toBe(after);
    expect(bytes(foldAll(this.stored === undefined ? null : this.state, JSON.parse(given)))).toBe(after);
    expect(bytes(decision.events)).toBe(given);
    this.stored = after;
  }

  /** Open user tasks, sorted. */
  get tasks(): readonly string[] {
    return this.view.tasks.map(({ elementId }) => elementId).sort();
  }

  /** Elements with running timers, sorted. */
  get timers(): readonly string[] {
    return this.view.timers.map(({ elementId }) => elementId).sort();
  }

  /** Names of messages waited for, sorted. */
  get messages(): readonly string[] {
    return this.view.subscriptions.map(({ messageName }) => messageName).sort();
  }

  get jobs(): readonly string[] {
    return this.view.jobs.map(({ elementId }) => elementId).sort();
  }

  get incidents(): readonly string[] {
    return this.view.incidents.map(({ elementId, code }) => `${elementId} ${code}`).sort();
  }

  get variables(): JsonObject {
    return this.view.variables;
  }

  get outcome(): string | undefined {
    return this.view.outcome;
  }

  /** How often an element was completed. */
  done(element: string): number {
    return trailOf(this.events).completed[element] ?? 0;
  }

  private known<T>(value: T | undefined, what: string): T {
    if (value === undefined)
      throw new Error(`Expected ${what} in the case, but there is ${JSON.stringify(this.view.tokens)}`);
    return value;
  }
}

function bytes(value: unknown): string {
  return canonicalize(value) ?? '';
}

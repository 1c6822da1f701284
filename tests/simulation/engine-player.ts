import {
  type CaseEvent,
  type CaseState,
  type Command,
  type CompiledDefinition,
  canonicalJson,
  decide,
  fold,
  foldAll,
  type JsonObject,
  type Person,
} from '../../engine/index.ts';
import type { Move } from '../oracle/game/moves.ts';
import { began } from '../oracle/judge.ts';

type CommandBody = Command extends infer C
  ? C extends Command
    ? Omit<C, 'id' | 'caseId' | 'at' | 'by'>
    : never
  : never;

const someone: Person = {
  kind: 'person',
  id: 'someone',
  name: 'Someone',
  roles: [],
  department: 'T',
  credentials: [],
  onDuty: true,
};

/** What both players are compared by after every word from outside. */
export type Snapshot = {
  readonly trace: readonly string[];
  readonly tokens: readonly string[];
  readonly waits: readonly string[];
  readonly incidents: readonly string[];
  readonly variables: string;
  readonly outcome: string;
};

/** One case played by the engine. The next command is decided on what was stored; the history must fold to it byte for byte. */
export class EnginePlayer {
  private readonly definition: CompiledDefinition;
  private stored = '';
  private readonly history: CaseEvent[] = [];
  private now = began;
  private commands = 0;
  private since = 0;

  constructor(definition: CompiledDefinition) {
    this.definition = definition;
  }

  get state(): CaseState {
    const state: CaseState = JSON.parse(this.stored);
    return state;
  }

  start(processId: string, variables: JsonObject, startEventId?: string): void {
    this.send({ type: 'StartCase', processId, variables, ...(startEventId ? { startEventId } : {}) });
  }

  perform(move: Move): void {
    this.since = this.history.length;
    if (move.kind === 'publish') this.publish(move);
    else this.send(this.commandFor(move));
  }

  /** Everyone who waits for the message now has it, one command each. */
  private publish({ name, key, variables }: Extract<Move, { kind: 'publish' }>): void {
    const { state } = this;
    const receivers = Object.entries(state.subscriptions)
      .filter(([, { kind }]) => kind === 'message')
      .filter(([, { subscription }]) => subscription.messageName === name && subscription.correlationKey === key)
      .toSorted(([, a], [, b]) => compareAges(ageOf(state, a.scope), ageOf(state, b.scope)));
    for (const [n, { subscription }] of receivers)
      if (this.state.subscriptions[n]) this.send(delivery(subscription.subscriptionId, variables));
  }

  private commandFor(move: Exclude<Move, { kind: 'publish' }>): CommandBody {
    const { state } = this;
    const nth = <T extends { readonly node: string; readonly scope: number }>(
      waits: Readonly<Record<string, T>>,
      element: string,
      place: number,
    ): readonly [string, T] => {
      const here = Object.entries(waits).filter(([, { node }]) => node === element);
      const found = here.toSorted(([, a], [, b]) => compareAges(ageOf(state, a.scope), ageOf(state, b.scope)))[place];
      if (!found) throw new Error(`Expected the engine to wait for ${move.kind} ${element}, but it does not`);
      return found;
    };
    switch (move.kind) {
      case 'task':
        return {
          type: 'CompleteTask',
          taskId: `${state.caseId}-${nth(state.tasks, move.element, move.nth)[0]}`,
          variables: { ...move.variables },
        };
      case 'job':
        return {
          type: 'CompleteJob',
          jobId: nth(state.jobs, move.element, move.nth)[1].job.jobId,
          output: { ...move.variables },
        };
      case 'job-error':
        return {
          type: 'ThrowJobError',
          jobId: nth(state.jobs, move.element, move.nth)[1].job.jobId,
          errorCode: move.code,
          message: '',
          output: {},
        };
      case 'timer': {
        const [n, { dueAt }] = nth(state.timers, move.element, move.nth);
        this.now = Math.max(this.now, Date.parse(dueAt));
        return { type: 'FireTimer', timerId: `${state.caseId}-${n}` };
      }
      case 'message':
      case 'signal': {
        const ofKind = Object.fromEntries(
          Object.entries(state.subscriptions).filter(([, { kind }]) => kind === move.kind),
        );
        const { subscriptionId } = nth(ofKind, move.element, move.nth)[1].subscription;
        return delivery(subscriptionId, move.variables);
      }
      case 'condition':
        throw new Error('Expected a word from outside, but a condition is none');
      case 'set':
        return { type: 'SetVariables', variables: { ...move.variables } };
      case 'enter':
      case 'complete-ad-hoc': {
        const { element: elementId } = move;
        const scopeId = adHocScope(state, move);
        if (move.kind === 'complete-ad-hoc') return { type: 'CompleteAdHoc', elementId, scopeId };
        return { type: 'EnterActivity', elementId, activityId: move.activity, scopeId };
      }
    }
  }

  private send(body: CommandBody): void {
    this.commands += 1;
    const command = {
      id: `c${this.commands}`,
      caseId: 'case',
      at: new Date(this.now).toISOString(),
      by: someone,
      ...body,
    };
    const before = this.stored === '' ? null : this.state;
    const decision = decide(this.definition, before, command);
    if (!decision.ok) throw new Error(`Expected ${body.type} to be accepted, but: ${decision.rejection.message}`);
    this.history.push(...decision.events);
    const after = canonicalJson(decision.state);
    const step = decision.events.reduce<CaseState | null>((state, event) => fold(state, event), before);
    if (canonicalJson(step) !== after) throw new Error('Expected the events to fold the stored state to the next');
    this.stored = after;
  }

  /** The whole history, folded from nothing, is the stored state; each step of it was already. */
  verify(): void {
    if (canonicalJson(foldAll(null, this.history)) !== this.stored)
      throw new Error('Expected the history to fold to the stored state');
  }

  /** What the last command did and where the case stands. */
  snapshot(): Snapshot {
    const { state } = this;
    const path = (n: number): string => {
      const scope = state.scopes[n];
      if (!scope) return '?';
      return scope.parent === undefined ? scope.definition : `${path(scope.parent)}/${scope.definition}`;
    };
    const waits = [
      ...Object.values(state.tasks).map(({ node, scope }) => `task ${path(scope)} ${node} `),
      ...Object.values(state.jobs).map(({ node, scope }) => `job ${path(scope)} ${node} `),
      ...Object.values(state.subscriptions).map(
        ({ node, scope, kind, subscription }) => `${kind} ${path(scope)} ${node} ${aboutOf(subscription)}`,
      ),
      ...Object.values(state.timers).map(
        ({ node, scope, dueAt }) => `timer ${path(scope)} ${node} ${Date.parse(dueAt) - began}`,
      ),
      ...Object.values(state.conditions).map(({ node, scope, last }) => `condition ${path(scope)} ${node} ${last}`),
    ];
    return {
      trace: this.history.slice(this.since).flatMap(traceOf),
      tokens: Object.values(state.tokens)
        .map(({ node, scope, phase }) => `${path(scope)} ${node}${phase === 'joining' ? ' joining' : ''}`)
        .sort(),
      waits: waits.sort(),
      incidents: Object.values(state.incidents)
        .map(({ node, incident }) => `${node} ${incident.code}`)
        .sort(),
      variables: canonicalJson(this.variables(state)),
      outcome: state.outcome ?? 'active',
    };
  }

  private variables(state: CaseState): JsonObject {
    if (state.result) return state.result;
    const root = Object.values(state.scopes).find(({ parent }) => parent === undefined);
    return root?.variables ?? {};
  }
}

function delivery(subscriptionId: string, variables: JsonObject): CommandBody {
  return { type: 'DeliverMessage', subscriptionId, messageId: 'm', payload: { ...variables } };
}

function aboutOf({ messageName, correlationKey }: CaseState['subscriptions'][string]['subscription']): string {
  const signal = 'signal:';
  return messageName.startsWith(signal) ? messageName.slice(signal.length) : `${messageName} ${correlationKey}`;
}

/** Number of the `nth` ad-hoc sub-process of that element people may still work in. */
function adHocScope(state: CaseState, { element, nth }: { readonly element: string; readonly nth: number }): string {
  const open = Object.entries(state.scopes)
    .filter(([, { definition, phase }]) => definition === element && phase === 'active')
    .toSorted(([a], [b]) => compareAges(ageOf(state, Number(a)), ageOf(state, Number(b))));
  return open[nth]?.[0] ?? '';
}

function traceOf(event: CaseEvent): readonly string[] {
  if (event.type === 'TokenPlaced') return event.token.phase === 'leaving' ? [] : [`> ${event.token.node}`];
  if (event.type === 'TokenMoved') return [`- ${event.flow}`];
  return event.type === 'NodeCompleted' ? [`. ${event.node}`] : [];
}

/** Numbers of the scopes around a scope, outermost first: older ones are smaller. */
function ageOf({ scopes }: Pick<CaseState, 'scopes'>, n: number): readonly number[] {
  const parent = scopes[n]?.parent;
  return [...(parent === undefined ? [] : ageOf({ scopes }, parent)), n];
}

function compareAges(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((number, index) => number !== b[index]);
  return at === -1 ? a.length - b.length : (a[at] ?? 0) - (b[at] ?? 0);
}

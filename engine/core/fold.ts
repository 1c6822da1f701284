import { inCanonicalOrder } from './canonical-json.ts';
import { type Draft, draftOf, draftOfStart, entryOf } from './draft.ts';
import type { CaseEvent } from './event.ts';
import { InvariantError } from './invariant-error.ts';
import type { CaseState, ScopeState, TokenState } from './state.ts';

/** The state after one event. Reads nothing but its arguments: no machine, no expression, no definition, no clock. */
export function fold(state: CaseState | null, event: CaseEvent): CaseState {
  return foldAll(state, [event]);
}

/** The state after several events; the same as folding them one by one. */
export function foldAll(state: CaseState | null, events: readonly CaseEvent[]): CaseState {
  let draft = state ? draftOf(state) : null;
  for (const event of events) draft = applyEvent(draft, event);
  if (!draft) throw new InvariantError('Expected events of a case, but there are none');
  return draft;
}

/** Applies an event to a working copy, which `decide` does with every event it emits. */
export function applyEvent(draft: Draft | null, event: CaseEvent): Draft {
  if (event.type === 'CaseStarted') return draftOfStart(event);
  if (!draft) throw new InvariantError(`Expected CaseStarted first, but got ${event.type}`);
  if ('n' in event) draft.counter = Math.max(draft.counter, event.n);
  if (!applyToCase(draft, event) && !applyToTokens(draft, event) && !applyToTasks(draft, event))
    applyToWaits(draft, event);
  return draft;
}

function applyToCase(draft: Draft, event: CaseEvent): boolean {
  switch (event.type) {
    case 'CommandAccepted':
      draft.at = event.at;
      return true;
    case 'ActorRecorded':
      draft.actors[event.node] = [...(draft.actors[event.node] ?? []), event.by];
      return true;
    case 'CaseModified':
      return true;
    case 'CaseMigrated':
      draft.definitionHash = event.definitionHash;
      draft.processId = event.processId;
      if (event.actors) draft.actors = Object.fromEntries(event.actors.map(({ node, persons }) => [node, persons]));
      return true;
    case 'ScopeRebound':
      changeScope(draft, event.n, event.change);
      return true;
    case 'CaseKeysSet':
      if (event.businessKey !== undefined) draft.businessKey = event.businessKey;
      if (event.patientKey !== undefined) draft.patientKey = event.patientKey;
      return true;
    case 'CaseEnded':
      draft.status = 'ended';
      draft.outcome = event.outcome;
      if (event.errorCode !== undefined) draft.errorCode = event.errorCode;
      return true;
    case 'ScopeOpened':
      draft.scopes[event.n] = event.scope;
      return true;
    case 'ScopePhased': {
      const outcome = event.outcome === undefined ? {} : { outcome: event.outcome };
      changeScope(draft, event.n, { phase: event.phase, ...outcome });
      return true;
    }
    case 'ScopeClosed':
      closeScope(draft, event.n);
      return true;
    case 'VariablesWritten':
      writeVariables(draft, event);
      return true;
    case 'JoinResetting': {
      const { [event.node]: _, ...others } = entryOf(draft.scopes, event.scope, 'scope').resetting ?? {};
      changeScope(draft, event.scope, {
        resetting: { ...others, ...(event.flows ? { [event.node]: event.flows } : {}) },
      });
      return true;
    }
    case 'CompensationRecorded': {
      const { compensations = [] } = entryOf(draft.scopes, event.scope, 'scope');
      changeScope(draft, event.scope, { compensations: [...compensations, event.record] });
      return true;
    }
    case 'CompensationsTaken': {
      const { compensations = [] } = entryOf(draft.scopes, event.scope, 'scope');
      changeScope(draft, event.scope, { compensations: compensations.filter(({ n }) => !event.records.includes(n)) });
      return true;
    }
    default:
      return false;
  }
}

function applyToTokens(draft: Draft, event: CaseEvent): boolean {
  switch (event.type) {
    case 'TokenPlaced':
      draft.tokens[event.n] = event.token;
      return true;
    case 'TokenMoved': {
      const { scope, compensates } = entryOf(draft.tokens, event.n, 'token');
      draft.tokens[event.n] = {
        compensates,
        flow: event.flow,
        node: event.node,
        phase: 'arrived',
        scope,
      };
      return true;
    }
    case 'TokenRebound': {
      const { flow: _, ...token } = entryOf(draft.tokens, event.n, 'token');
      draft.tokens[event.n] = { ...token, node: event.node, ...(event.flow === undefined ? {} : { flow: event.flow }) };
      return true;
    }
    case 'TokenPhased':
      changeToken(draft, event.n, {
        phase: event.phase,
        ...(event.output === undefined ? {} : { output: event.output }),
      });
      return true;
    case 'TokenEnded':
      delete draft.tokens[event.n];
      return true;
    case 'RepeatChanged':
      changeToken(draft, event.token, { repeat: event.repeat });
      return true;
    case 'CompensationPending':
      changeToken(draft, event.token, { pending: event.pending });
      return true;
    default:
      return false;
  }
}

function applyToTasks(draft: Draft, event: CaseEvent): boolean {
  switch (event.type) {
    case 'TaskOpened': {
      const { owner } = event;
      draft.tasks[event.n] = { node: owner.node, scope: owner.scope, task: event.task, token: owner.token };
      if (owner.token !== undefined) changeToken(draft, owner.token, { phase: 'active' });
      return true;
    }
    case 'TaskClaimed': {
      const open = entryOf(draft.tasks, event.n, 'task');
      draft.tasks[event.n] = { ...open, task: { ...open.task, assignee: event.by } };
      return true;
    }
    case 'TaskReleased': {
      const open = entryOf(draft.tasks, event.n, 'task');
      const { assignee: _, ...task } = open.task;
      draft.tasks[event.n] = { ...open, task };
      return true;
    }
    case 'TaskClosed':
      delete draft.tasks[event.n];
      return true;
    default:
      return false;
  }
}

function applyToWaits(draft: Draft, event: CaseEvent): void {
  switch (event.type) {
    case 'TimerScheduled': {
      const every = event.every === undefined ? {} : { every: event.every };
      const remaining = event.remaining === undefined ? {} : { remaining: event.remaining };
      draft.timers[event.n] = { ...event.owner, dueAt: event.dueAt, ...every, ...remaining };
      return;
    }
    case 'TimerClosed':
      delete draft.timers[event.n];
      return;
    case 'Subscribed':
      draft.subscriptions[event.n] = { ...event.owner, kind: event.kind, subscription: event.subscription };
      return;
    case 'Unsubscribed':
      delete draft.subscriptions[event.n];
      return;
    case 'JobRequested':
      draft.jobs[event.n] = { ...event.owner, job: event.job };
      return;
    case 'JobClosed':
      delete draft.jobs[event.n];
      return;
    case 'ConditionArmed':
      draft.conditions[event.n] = { ...event.owner, feel: event.feel, last: event.last };
      return;
    case 'ConditionAsked':
      draft.conditions[event.n] = { ...entryOf(draft.conditions, event.n, 'condition'), last: event.last };
      return;
    case 'ConditionClosed':
      delete draft.conditions[event.n];
      return;
    case 'WaitRebound':
      rebindWait(draft, event);
      return;
    case 'IncidentRaised': {
      const job = event.job === undefined ? {} : { job: event.job };
      draft.incidents[event.n] = { ...event.owner, ...job, incident: event.incident };
      return;
    }
    case 'IncidentResolved':
      delete draft.incidents[event.n];
      return;
    default:
  }
}

function rebindWait(draft: Draft, { wait, n, node }: Extract<CaseEvent, { type: 'WaitRebound' }>): void {
  if (wait === 'timer') draft.timers[n] = { ...entryOf(draft.timers, n, wait), node };
  else if (wait === 'condition') draft.conditions[n] = { ...entryOf(draft.conditions, n, wait), node };
  else if (wait === 'job') {
    const open = entryOf(draft.jobs, n, wait);
    draft.jobs[n] = { ...open, node, job: { ...open.job, elementId: node } };
  } else {
    const open = entryOf(draft.subscriptions, n, wait);
    draft.subscriptions[n] = { ...open, node, subscription: { ...open.subscription, elementId: node } };
  }
}

/** What the root scope ends with is the case's result. */
function closeScope(draft: Draft, n: number): void {
  const { parent, variables } = entryOf(draft.scopes, n, 'scope');
  if (parent === undefined) draft.result = variables;
  delete draft.scopes[n];
}

function writeVariables(draft: Draft, event: Extract<CaseEvent, { type: 'VariablesWritten' }>): void {
  if (event.token === undefined) {
    const { variables } = entryOf(draft.scopes, event.scope, 'scope');
    changeScope(draft, event.scope, { variables: inCanonicalOrder({ ...variables, ...event.variables }) });
  } else {
    const { variables } = entryOf(draft.tokens, event.token, 'token');
    changeToken(draft, event.token, { variables: inCanonicalOrder({ ...variables, ...event.variables }) });
  }
}

function changeScope(draft: Draft, n: number, change: Partial<ScopeState>): void {
  draft.scopes[n] = { ...entryOf(draft.scopes, n, 'scope'), ...change };
}

function changeToken(draft: Draft, n: number, change: Partial<TokenState>): void {
  draft.tokens[n] = { ...entryOf(draft.tokens, n, 'token'), ...change };
}

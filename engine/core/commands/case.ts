import type { Actor } from '../actor.ts';
import type { Command } from '../command.ts';
import { conditionOf } from '../expression.ts';
import type { JsonObject } from '../json.ts';
import { recordActor } from '../record-actor.ts';
import type { Rejection } from '../rejection.ts';
import { emit, numbersOf, type Run, scopeDefinition } from '../run.ts';
import { cancelScope, openScope, rootScope } from '../scopes.ts';
import { placeToken } from '../tokens.ts';
import { fire } from '../triggers.ts';
import { writeScope } from '../variables.ts';
import { type Handler, reject } from './answer.ts';
import { accept } from './tasks.ts';

/** Where a case is to begin: a start event, or (without any) every node nothing leads to. */
export type Beginning = {
  readonly startEventId?: string;
  readonly nodes: readonly string[];
  /** Nodes at which the case waits besides. */
  readonly together?: readonly string[];
  /** FEEL that must hold over what the start brings. */
  readonly condition?: string;
  /** The first message of several the start waits for together. */
  readonly part?: string;
};

/** Finds where a case begins. */
export function beginningOf(
  definition: Run['definition'],
  command: Extract<Command, { type: 'StartCase' }>,
): Beginning | Rejection {
  const { processId, startEventId } = command;
  const started = Object.hasOwn(definition.processes, processId) ? definition.processes[processId] : undefined;
  const scope = definition.scopes[processId];
  if (!started || !scope)
    return reject('start-not-found', `process ${processId}`, 'this package has none of that id', {
      process: processId,
    });
  if (startEventId !== undefined) {
    const known = started.starts.find((start) => start.startEventId === startEventId);
    const { together, condition } = known ?? {};
    const body = scope.nodes[startEventId]?.body;
    const part = body?.kind === 'catch' && body.trigger.kind === 'all' ? command.messageName : undefined;
    return known
      ? {
          ...{ startEventId, nodes: [startEventId] },
          ...(together ? { together } : {}),
          ...(condition ? { condition } : {}),
          ...(part === undefined ? {} : { part }),
        }
      : reject('start-not-found', `start event ${startEventId}`, `process ${processId} has none of that id`);
  }
  const none = started.starts.filter(({ kind }) => kind === 'none');
  if (none.length > 1 || (none.length === 0 && started.starts.length > 0) || scope.starts.length === 0)
    return reject('start-not-found', `one plain start event in ${processId}`, `there are ${none.length}`);
  return none[0] ? { startEventId: none[0].startEventId, nodes: [none[0].startEventId] } : { nodes: scope.starts };
}

/** Why a case may not begin where it is to: its conditional start event does not hold over what it brings. */
function refusedBy(run: Run, { startEventId, condition }: Beginning, variables: JsonObject): Rejection | undefined {
  const holds = condition === undefined ? undefined : conditionOf(run, condition, variables);
  if (!holds || (holds.ok && holds.value)) return undefined;
  const but = holds.ok ? 'it does not' : holds.stuck.message;
  return reject('start-not-found', `the condition of start event ${startEventId ?? ''} to hold`, but);
}

/** Opens the root scope and places the first tokens; nothing happens where the start is refused. */
export function startIn(
  run: Run,
  command: Extract<Command, { type: 'StartCase' }>,
  beginning: Beginning,
): Rejection | undefined {
  const refusal = refusedBy(run, beginning, command.variables);
  if (refusal) return refusal;
  recordStarter(run, command.by, beginning.startEventId);
  scopeDefinition(run, command.processId);
  const scope = openScope(run, command.processId, { variables: command.variables }, []);
  if (run.draft.scopes[scope]?.phase !== 'active') return undefined;
  for (const node of beginning.nodes) placeToken(run, scope, node, isReached(beginning) ? { triggered: {} } : {});
  for (const node of beginning.together ?? []) placeToken(run, scope, node);
  return undefined;
}

/** Whether what the start event waits for has come. */
function isReached({ startEventId, part }: Beginning): boolean {
  return startEventId !== undefined && part === undefined;
}

/** The message a case began with is one of those its start event waits for. */
export function receiveFirst(run: Run, { startEventId, part }: Beginning): void {
  for (const n of numbersOf(run.draft.subscriptions)) {
    const open = run.draft.subscriptions[n];
    if (!open || open.node !== startEventId || open.subscription.messageName !== part) continue;
    const { kind: _, subscription: __, ...owner } = open;
    emit(run, { type: 'Unsubscribed', n });
    fire(run, owner, {});
    return;
  }
}

function recordStarter(run: Run, by: Actor, startEventId: string | undefined): void {
  if (by.kind === 'person' && startEventId !== undefined) recordActor(run, startEventId, by.id);
}

/** Writes variables from outside; conditional events react. */
export const setVariables: Handler<'SetVariables'> = (run, command) => {
  const scope = command.scopeId === undefined ? rootScope(run) : Number(command.scopeId);
  if (scope === undefined || !run.draft.scopes[scope])
    return reject('invalid-input', 'an open scope', `there is no scope ${command.scopeId ?? ''}`);
  accept(run, command);
  writeScope(run, scope, command.variables);
  return undefined;
};

/** Ends a case by decision of a person. */
export const cancelCase: Handler<'CancelCase'> = (run, command) => {
  const root = rootScope(run);
  accept(run, command);
  if (root !== undefined) cancelScope(run, root);
  emit(run, { type: 'CaseEnded', outcome: 'cancelled', reason: command.reason });
  return undefined;
};

import type { JsonObject } from './json.ts';
import { emit, nextNumber, type Run, scopeOf, tokenOf } from './run.ts';
import { eventScopeOf, openEventScope, recordScope } from './scopes.ts';
import type { CompensationRecord, PendingCompensation, ScopeState } from './state.ts';
import { placeToken } from './tokens.ts';

/** Remembers a completed activity that can be undone. */
export function recordCompensation(run: Run, scope: number, record: Omit<CompensationRecord, 'n'>): void {
  const n = nextNumber(run);
  emit(run, { type: 'CompensationRecorded', n, scope, record: { ...record, n } });
}

/**
 * Collects what a throwing token undoes: the named activities' records, or all of its scope; out of an event sub-process those of the scope around.
 * They are taken from the scope, so nothing is undone twice. Undone in reverse order, one after the other; the thrower waits.
 */
export function beginCompensation(
  run: Run,
  thrower: number,
  activities: readonly string[] | undefined,
): 'waiting' | 'nothing' {
  const scope = compensatedScope(run, tokenOf(run, thrower).scope);
  const { compensations = [] } = scopeOf(run, scope);
  const records = compensations.filter(({ node }) => !activities || activities.includes(node));
  if (records.length === 0) return 'nothing';
  takeRecords(run, thrower, scope, records, []);
  return undoNext(run, thrower) ? 'waiting' : 'nothing';
}

/** Collects everything a scope can undo on behalf of a token outside it (cancelling a transaction). */
export function beginCompensationOf(run: Run, thrower: number, scope: number): 'waiting' | 'nothing' {
  const { compensations = [] } = scopeOf(run, scope);
  if (compensations.length === 0) return 'nothing';
  takeRecords(run, thrower, scope, compensations, []);
  return undoNext(run, thrower) ? 'waiting' : 'nothing';
}

/**
 * Gives what an open scope could undo itself to the scope around it, as if it had been completed: whoever stops it there undoes that as well.
 */
export function passOutward(run: Run, scope: number, around: number, node: string): void {
  const { compensations: records = [], definition, processId } = scopeOf(run, scope);
  if (records.length === 0) return;
  const variables = dataOf(run, scopeOf(run, scope));
  emit(run, { type: 'CompensationsTaken', scope, records: records.map(({ n }) => n) });
  recordCompensation(run, around, { node, scope: definition, processId, variables, records });
}

/**
 * The data of a scope as it is now, which is what undoing it later reads (10.7.2): its variables, and the inputs of the activity it is the body of.
 * A called process does not see its activity's.
 */
export function dataOf({ draft }: Run, { host, isolated, variables }: ScopeState): JsonObject {
  const inputs = host === undefined || isolated ? undefined : draft.tokens[host]?.variables;
  return inputs ? { ...inputs, ...variables } : variables;
}

function compensatedScope(run: Run, scope: number): number {
  const { startedBy, parent } = scopeOf(run, scope);
  return startedBy !== undefined && parent !== undefined ? parent : scope;
}

function takeRecords(
  run: Run,
  thrower: number,
  scope: number,
  records: readonly CompensationRecord[],
  rest: readonly PendingCompensation[],
): void {
  emit(run, { type: 'CompensationsTaken', scope, records: records.map(({ n }) => n) });
  const pending = records.toReversed().map((record) => ({ scope, record }));
  emit(run, { type: 'CompensationPending', token: thrower, pending: [...pending, ...rest] });
}

/** Starts the next handler of a thrower. False when nothing is left and the thrower may go on. */
export function undoNext(run: Run, thrower: number): boolean {
  for (;;) {
    const [next, ...rest] = tokenOf(run, thrower).pending ?? [];
    if (!next) return false;
    emit(run, { type: 'CompensationPending', token: thrower, pending: rest });
    if (undo(run, thrower, next)) return true;
  }
}

/** Whether the record started something to wait for. */
function undo(run: Run, thrower: number, { scope, record }: PendingCompensation): boolean {
  if (record.handler !== undefined) {
    placeToken(run, scope, record.handler, { compensates: thrower, variables: record.variables });
    return true;
  }
  if (record.scope === undefined) return false;
  const opening = { parent: scope, compensates: thrower, variables: record.variables };
  const reopened = recordScope(run, record.scope, opening, 'compensating');
  for (const inner of record.records) recordCompensation(run, reopened, inner);
  const handler = record.eventScope === undefined ? undefined : eventScopeOf(run, reopened, record.eventScope);
  if (handler) {
    openEventScope(run, reopened, { ...handler, interrupting: false }, {});
    return true;
  }
  const records = scopeOf(run, reopened).compensations ?? [];
  takeRecords(run, thrower, reopened, records, tokenOf(run, thrower).pending ?? []);
  return false;
}

/** Whether a handler or a reopened scope still works for a thrower: it goes on once, when the last of them has closed. */
export function isUndoing(run: Run, thrower: number): boolean {
  const { scopes, tokens } = run.draft;
  return [...Object.values(scopes), ...Object.values(tokens)].some(({ compensates }) => compensates === thrower);
}

/** Whether a reopened scope is still needed: its thrower has something of it left to undo. */
export function isStillUndone(run: Run, scope: number): boolean {
  const { compensates } = scopeOf(run, scope);
  const pending = compensates === undefined ? [] : (run.draft.tokens[compensates]?.pending ?? []);
  return pending.some((one) => one.scope === scope);
}

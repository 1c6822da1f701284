import type { Repeat, RepeatEvent } from '../ir/kernel.ts';
import { recordCompensation } from './compensation.ts';
import { leave } from './complete.ts';
import { conditionOf, contextIn, contextOf, evaluateFeel, isList, resolveValue } from './expression.ts';
import { raiseAt } from './incidents.ts';
import type { Json, JsonObject } from './json.ts';
import { emit, found, nodeOf, numbersOf, type Outcome, type Run, scopeOf, stuck, tokenOf } from './run.ts';
import { throwFromRepeated } from './run-throw.ts';
import { cancelScope, openScope } from './scopes.ts';
import type { RepeatState, ScopeState } from './state.ts';
import { countersOf, propagate } from './variables.ts';

/** Begins a repeated activity: how often is decided once, now. */
export function startRepeat(run: Run, n: number, repeat: Repeat): Outcome<void> {
  const planned = plannedRuns(run, n, repeat);
  if (!planned.ok) return planned;
  const { items, total } = planned.value;
  emit(run, { type: 'TokenPhased', n, phase: 'active' });
  change(run, n, {
    kind: repeat.kind,
    ...(total === undefined ? {} : { total }),
    ...(items ? { items } : {}),
    started: 0,
    completed: 0,
    terminated: 0,
    outputs:
      repeat.outputCollection !== undefined && total !== undefined ? Array.from({ length: total }, () => null) : [],
  });
  return startInstances(run, n, repeat);
}

type Planned = { readonly items?: readonly Json[]; readonly total?: number };

const MOST_INSTANCES = 1000;

function plannedRuns(run: Run, n: number, repeat: Repeat): Outcome<Planned> {
  const context = contextOf(run, tokenOf(run, n));
  if (repeat.kind === 'loop') return found({});
  if (repeat.collection) {
    const items = resolveValue(run, repeat.collection, context);
    if (!items.ok) return items;
    if (!isList(items.value))
      return stuck('expression-failed', 'Expected a list to repeat the activity over, but it is none');
    return limited({ items: items.value, total: items.value.length });
  }
  if (!repeat.cardinality)
    return stuck('expression-failed', 'Expected a collection or a number of instances, but there is neither');
  const total = resolveValue(run, repeat.cardinality, context);
  if (!total.ok) return total;
  const number = Number(total.value);
  if (total.value === null || !Number.isInteger(number) || number < 0)
    return stuck('expression-failed', 'Expected a whole number of instances, but it is none');
  return limited({ total: number });
}

function limited(planned: Planned): Outcome<Planned> {
  if ((planned.total ?? 0) <= MOST_INSTANCES) return found(planned);
  return stuck('limit-exceeded', `Expected at most ${MOST_INSTANCES} instances, but there are ${planned.total}`);
}

function startInstances(run: Run, n: number, repeat: Repeat): Outcome<void> {
  const { total } = progress(run, n);
  if (total === 0) finishRepeat(run, n);
  else if (repeat.kind === 'loop') return startLoop(run, n, repeat, repeat.testBefore === true);
  else if (repeat.kind === 'sequential') openInstance(run, n, repeat);
  else for (let index = 0; index < (total ?? 0) && run.draft.tokens[n]; index += 1) openInstance(run, n, repeat);
  return found(undefined);
}

function startLoop(run: Run, n: number, repeat: Repeat, ask: boolean): Outcome<void> {
  const { started } = progress(run, n);
  const atMost = repeat.maximum !== undefined && started >= repeat.maximum;
  const again =
    ask && repeat.loopCondition !== undefined
      ? conditionOf(run, repeat.loopCondition, loopContext(run, n))
      : found(true);
  if (!again.ok) return again;
  if (again.value && !atMost) openInstance(run, n, repeat);
  else finishRepeat(run, n);
  return found(undefined);
}

function loopContext(run: Run, n: number): JsonObject {
  return { ...contextOf(run, tokenOf(run, n)), loopCounter: progress(run, n).started };
}

function openInstance(run: Run, n: number, repeat: Repeat): void {
  const state = progress(run, n);
  const index = state.started;
  const item = state.items?.[index];
  const local = repeat.element !== undefined && item !== undefined ? { [repeat.element]: item } : {};
  change(run, n, { ...state, started: index + 1 });
  openScope(run, repeat.scope, {
    parent: tokenOf(run, n).scope,
    host: n,
    instance: index,
    variables: { ...local, loopCounter: index + 1 },
  });
}

/** An instance has ended: its output is kept, and the activity goes on, ends early, or is done. Stuck leaves the instance open. */
export function finishInstance(run: Run, scope: number): Outcome<void> {
  const { host, instance, compensations = [], definition, processId, variables } = scopeOf(run, scope);
  const n = host ?? 0;
  const { repeat } = nodeOf(run, n);
  if (!repeat || instance === undefined) return found(undefined);
  const before = progress(run, n);
  const counted = { ...before, completed: before.completed + 1 };
  const output = outputOf(run, scope, repeat);
  if (!output.ok) return output;
  const ended = endsEarly(run, scope, repeat, counted);
  if (!ended.ok) return ended;
  recordInstance(run, n, { definition, processId, variables, compensations });
  emit(run, { type: 'ScopeClosed', n: scope, outcome: 'completed' });
  const outputs =
    repeat.outputCollection === undefined ? counted.outputs : counted.outputs.with(instance, output.value);
  change(run, n, { ...counted, outputs });
  const thrown = throwOnCompletion(run, n, repeat, counted);
  if (!thrown.ok) raiseAt(run, n, thrown.stuck);
  if (!run.draft.tokens[n]) return found(undefined);
  if (ended.value) return found(finishEarly(run, n));
  if (repeat.kind === 'loop') return startLoop(run, n, repeat, true);
  if (counted.completed + counted.terminated === counted.total) finishRepeat(run, n);
  else if (repeat.kind === 'sequential') openInstance(run, n, repeat);
  return found(undefined);
}

/** A person stopped one instance: the others go on, and the activity goes on when it was the last. */
export function terminateInstance(run: Run, scope: number): void {
  const { host: n } = scopeOf(run, scope);
  cancelScope(run, scope);
  if (n === undefined || !run.draft.tokens[n]) return;
  const { repeat } = nodeOf(run, n);
  const before = progress(run, n);
  const counted = { ...before, terminated: before.terminated + 1 };
  change(run, n, counted);
  if (counted.completed + counted.terminated === (counted.total ?? counted.started)) finishRepeat(run, n);
  else if (repeat?.kind === 'sequential') openInstance(run, n, repeat);
}

/** The events of the activity's behaviour, after one of its runs has completed. */
function throwOnCompletion(run: Run, n: number, repeat: Repeat, counted: RepeatState): Outcome<void> {
  for (const event of repeat.events ?? []) {
    const due = isDue(run, n, event, counted);
    if (!due.ok) return due;
    const thrown = due.value ? throwFromRepeated(run, n, nodeOf(run, n), event) : found(undefined);
    if (!thrown.ok || !run.draft.tokens[n]) return thrown;
  }
  return found(undefined);
}

function isDue(run: Run, n: number, { when }: RepeatEvent, counted: RepeatState): Outcome<boolean> {
  if (when === 'each') return found(true);
  if (when === 'first') return found(counted.completed === 1);
  return conditionOf(run, when.feel, { ...contextOf(run, tokenOf(run, n)), ...countersOf(counted) });
}

function outputOf(run: Run, scope: number, repeat: Repeat): Outcome<Json> {
  if (repeat.outputElement === undefined || repeat.outputCollection === undefined) return found(null);
  return evaluateFeel(run, repeat.outputElement, contextIn(run, scope));
}

function endsEarly(run: Run, scope: number, repeat: Repeat, counted: RepeatState): Outcome<boolean> {
  if (repeat.completionCondition === undefined) return found(false);
  return conditionOf(run, repeat.completionCondition, { ...contextIn(run, scope), ...countersOf(counted) });
}

/** What completing one instance leaves for compensation: its own handler, and whatever was completed inside it. */
function recordInstance(
  run: Run,
  n: number,
  instance: Required<Pick<ScopeState, 'definition' | 'processId' | 'variables' | 'compensations'>>,
): void {
  const { compensatedBy, id } = nodeOf(run, n);
  const { scope } = tokenOf(run, n);
  const { variables, compensations: records } = instance;
  if (compensatedBy !== undefined)
    recordCompensation(run, scope, { node: id, handler: compensatedBy, variables, records: [] });
  else if (records.length > 0) {
    const { definition, processId } = instance;
    recordCompensation(run, scope, { node: id, scope: definition, processId, variables, records });
  }
}

function finishEarly(run: Run, n: number): void {
  for (const scope of numbersOf(run.draft.scopes)) {
    if (run.draft.scopes[scope]?.host !== n) continue;
    cancelScope(run, scope);
    const state = progress(run, n);
    change(run, n, { ...state, terminated: state.terminated + 1 });
  }
  finishRepeat(run, n);
}

function finishRepeat(run: Run, n: number): void {
  const { repeat } = nodeOf(run, n);
  const { outputs } = progress(run, n);
  if (repeat?.outputCollection !== undefined)
    propagate(run, tokenOf(run, n).scope, { [repeat.outputCollection]: outputs });
  leave(run, n);
}

function progress(run: Run, n: number): RepeatState {
  return tokenOf(run, n).repeat ?? { kind: 'loop', started: 0, completed: 0, terminated: 0, outputs: [] };
}

function change(run: Run, token: number, repeat: RepeatState): void {
  emit(run, { type: 'RepeatChanged', token, repeat });
}

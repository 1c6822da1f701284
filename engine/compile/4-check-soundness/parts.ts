import type { CompiledDefinition, ScopeDefinition } from '../../ir/definition.ts';
import type { IrNode, Throw, Trigger } from '../../ir/kernel.ts';
import { flowsIn, flowsOut } from '../../ir/routing.ts';

/** What is played alone: a scope from one of its beginnings. */
export type Part = {
  readonly scope: string;
  /** Nodes any of which begins it, by being triggered; without them it begins at the scope's own starts. */
  readonly starts?: readonly string[];
  /** The start is come to by so many tokens instead, none of which waits for the other. */
  readonly tokens?: 1 | 2;
};

/** A part's name, unique in the definition. */
export function partKey({ scope, starts = [], tokens }: Part): string {
  return `${scope} ${starts.join(',')} ${tokens ?? ''}`;
}

/** A scope that must be there. */
export function scopeIn({ scopes }: CompiledDefinition, id: string): ScopeDefinition | undefined {
  return Object.hasOwn(scopes, id) ? scopes[id] : undefined;
}

/** Scopes a node runs: a sub-process, one run of a repeated activity, or the processes a call may mean. */
export function scopesRunBy(definition: CompiledDefinition, { repeat, body }: IrNode): readonly string[] {
  if (repeat) return [repeat.scope];
  if (body.kind === 'scope') return [body.scope];
  if (body.kind !== 'call') return [];
  const called = body.processId;
  if ('feel' in called) return Object.keys(definition.processes);
  return Object.hasOwn(definition.processes, String(called.literal)) ? [String(called.literal)] : [];
}

/** Kinds of what a trigger is made of. */
export function kindsOf(trigger: Trigger): readonly Trigger['kind'][] {
  return trigger.kind === 'any' || trigger.kind === 'all' ? trigger.triggers.flatMap(kindsOf) : [trigger.kind];
}

const thrownKinds: ReadonlySet<Trigger['kind']> = new Set(['error', 'escalation', 'compensation', 'cancel']);

/** Whether the world can trigger it: by a message, a signal, the clock or a change of data. The rest is thrown inside the case. */
export function comesFromOutside(trigger: Trigger): boolean {
  return kindsOf(trigger).some((kind) => !thrownKinds.has(kind));
}

/** What a node throws, one by one. */
export function throwsOf({ body }: IrNode): readonly Throw[] {
  if (body.kind !== 'throw') return [];
  return body.throws.kind === 'several' ? body.throws.throws : [body.throws];
}

/** A way a token may go on by: a flow, a boundary event, a link. `by` names it. */
type WayOn = { readonly to: string; readonly by: string };

function waysOn(scope: ScopeDefinition, node: string): readonly WayOn[] {
  const one = scope.nodes[node];
  const links = one ? throwsOf(one).flatMap((thrown) => (thrown.kind === 'link' ? [thrown.target] : [])) : [];
  return [
    ...flowsOut(scope, node).map(({ to, flow }) => ({ to, by: flow })),
    ...[...(one?.boundaries ?? []), ...links].map((to) => ({ to, by: to })),
  ];
}

/** Nodes reached from some, these included; the way `without` is not taken. */
function reachedFrom(scope: ScopeDefinition, from: readonly string[], without?: string): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [...from];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (reached.has(node)) continue;
    reached.add(node);
    for (const { to, by } of waysOn(scope, node)) if (by !== without) open.push(to);
  }
  return reached;
}

/** A way that leads aside: by a boundary event or a flow, to the node it begins at. */
export type SideWay = {
  readonly by: string;
  readonly from: string;
  readonly start: string;
  readonly hasJoin: boolean;
  /** Something on it ends the whole scope. */
  readonly endsScope: boolean;
};

const known = new WeakMap<ScopeDefinition, readonly SideWay[]>();

/**
 * Ways on which tokens go beside the others and never come back to them but at the ends: behind a non-interrupting boundary event, or one
 * branch of a fork. However many tokens go there, they change nothing for the others, so that such a way is a part of its own. Where a branch
 * may end the scope at once, it takes the others' tokens before they come anywhere: then they are played together. Smaller ones first: they
 * may lie in larger ones.
 */
export function sideWays(definition: CompiledDefinition, scope: ScopeDefinition): readonly SideWay[] {
  const found = known.get(scope);
  if (found) return found;
  const begin = beginningsOf(definition, scope);
  const keepsRecords = undoesContent(definition, scope.id);
  const all = reachedFrom(scope, begin);
  const bySize = candidates(scope)
    .filter(({ from }) => all.has(from))
    .map((way) => ({ ...way, side: reachedFrom(scope, [way.start]) }))
    .sort((a, b) => a.side.size - b.side.size);
  const ways = bySize.flatMap(({ by, from, start, side }) => {
    const others = reachedFrom(scope, begin, by);
    const nodes = [...side].flatMap((id) => scope.nodes[id] ?? []);
    const harmless = nodes.every((node) => !others.has(node.id) || (waysOn(scope, node.id).length === 0 && !node.join));
    const undone = nodes.some((node) => undoesSomething(node) || (keepsRecords && leavesRecord(definition, node)));
    const hasJoin = nodes.some(
      ({ id, join }) => join !== undefined && (join.kind === 'quantity' || flowsIn(scope, id).length > 1),
    );
    const endsScope = nodes.some(endsItsScope);
    return harmless && !undone && !(start !== by && endsAtOnce(scope, from))
      ? [{ by, from, start, hasJoin, endsScope }]
      : [];
  });
  known.set(scope, ways);
  return ways;
}

function endsItsScope(node: IrNode): boolean {
  return throwsOf(node).some(({ kind }) => kind === 'terminate' || kind === 'error');
}

/** Whether a branch of a fork may end the scope before anything on it is waited for. */
function endsAtOnce(scope: ScopeDefinition, fork: string): boolean {
  const passed = new Set<string>();
  const open = flowsOut(scope, fork).map(({ to }) => to);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const node = scope.nodes[id];
    if (!node || passed.has(id)) continue;
    passed.add(id);
    if (endsItsScope(node)) return true;
    if (node.body.kind === 'pass' || node.body.kind === 'throw') open.push(...flowsOut(scope, id).map(({ to }) => to));
  }
  return false;
}

function candidates(scope: ScopeDefinition): readonly Pick<SideWay, 'by' | 'from' | 'start'>[] {
  return Object.values(scope.nodes).flatMap(({ id, boundary, split, body }) => {
    const out = flowsOut(scope, id);
    const branches =
      split === 'exclusive' || body.kind === 'race' || out.length < 2
        ? []
        : out.map(({ flow, to }) => ({ by: flow, from: id, start: to }));
    const aside = boundary && !boundary.interrupting && isFree(boundary.trigger);
    return [...branches, ...(aside ? [{ by: id, from: boundary.attachedTo, start: id }] : [])];
  });
}

function leavesRecord(definition: CompiledDefinition, node: IrNode): boolean {
  return (
    node.compensatedBy !== undefined || scopesRunBy(definition, node).some((inner) => canBeUndone(definition, inner))
  );
}

/** Where tokens come from nowhere: its starts, those that wait for something, what is entered by command, handlers of compensation. */
export function beginningsOf({ processes }: CompiledDefinition, scope: ScopeDefinition): readonly string[] {
  const handlers = Object.values(scope.nodes).filter(({ isCompensation }) => isCompensation);
  const started = Object.hasOwn(processes, scope.id) ? (processes[scope.id]?.starts ?? []) : [];
  const entered = scope.adHoc?.activities ?? [];
  return [
    ...scope.starts,
    ...entered,
    ...started.map(({ startEventId }) => startEventId),
    ...handlers.map(({ id }) => id),
  ];
}

function isFree(trigger: Trigger): boolean {
  return kindsOf(trigger).every((kind) => !thrownKinds.has(kind));
}

/** Whether a node throws compensation or cancels its transaction. */
export function undoesSomething(node: IrNode | undefined): boolean {
  return node ? throwsOf(node).some(({ kind }) => kind === 'compensation' || kind === 'cancel') : false;
}

/** The transaction around a scope that something in it cancels, at whatever depth. */
export function cancelledAround(definition: CompiledDefinition, id: string): string | undefined {
  const inside = scopesWithin(definition, id);
  const cancelled = [...inside].flatMap((one) =>
    Object.values(definition.scopes[one]?.nodes ?? {})
      .flatMap(throwsOf)
      .flatMap((thrown) => (thrown.kind === 'cancel' && thrown.transaction !== undefined ? [thrown.transaction] : [])),
  );
  return cancelled.find((transaction) => !inside.has(transaction));
}

/** A scope with every scope under it. */
function scopesWithin(definition: CompiledDefinition, id: string): ReadonlySet<string> {
  const within = new Set([id]);
  for (const one of within) {
    const scope = scopeIn(definition, one);
    for (const { scope: inner } of scope?.eventScopes ?? []) within.add(inner);
    for (const node of Object.values(scope?.nodes ?? {}))
      for (const inner of scopesRunBy(definition, node)) within.add(inner);
  }
  return within;
}

/** Whether something directly in a scope, in its event sub-processes or by cancelling it from deeper inside, undoes what was completed in it. */
export function undoesContent(definition: CompiledDefinition, id: string): boolean {
  const scope = scopeIn(definition, id);
  if (!scope) return false;
  return (
    Object.values(scope.nodes).some(undoesSomething) ||
    scope.eventScopes.some((one) => undoesContent(definition, one.scope)) ||
    Object.values(scope.nodes).some((node) =>
      scopesRunBy(definition, node).some((inner) => cancelledAround(definition, inner) === id),
    )
  );
}

/** Whether something in a scope, at any depth, can be undone after the scope is over. */
export function canBeUndone(definition: CompiledDefinition, id: string, seen = new Set<string>()): boolean {
  const scope = scopeIn(definition, id);
  if (!scope || seen.has(id)) return false;
  seen.add(id);
  return (
    scope.eventScopes.some(({ trigger }) => trigger.kind === 'compensation') ||
    Object.values(scope.nodes).some(
      (node) =>
        node.compensatedBy !== undefined ||
        scopesRunBy(definition, node).some((inner) => canBeUndone(definition, inner, seen)),
    )
  );
}

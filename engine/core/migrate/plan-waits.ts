import type { ScopeDefinition } from '../../ir/definition.ts';
import type { IrNode, Trigger } from '../../ir/kernel.ts';
import { flowsOut } from '../../ir/routing.ts';
import type { CaseState, WaitOwner } from '../state.ts';
import { type MigrationPlan, mapped, remark } from './migration-plan.ts';
import { sameJson } from './same-json.ts';

type Catcher = { readonly node: string; readonly trigger: Trigger };
type Place = { readonly scope: number; readonly token?: number };

/** Plans what tokens and scopes wait for: own events and boundary events of what is under way, events of scopes. */
export function planCatchers(plan: MigrationPlan): void {
  const { state, from } = plan.migration;
  for (const [n, { definition }] of plan.scopes) {
    const open = state.scopes[n];
    const old = open && from.scopes[open.definition];
    if (old && open.phase === 'active') planPlace(plan, { scope: n }, eventsOf(old), eventsOf(definition));
  }
  for (const [n, { node }] of plan.tokens) {
    const token = state.tokens[n];
    const old = token && from.scopes[state.scopes[token.scope]?.definition ?? ''];
    const now = token && plan.scopes.get(token.scope)?.definition;
    if (!token || !old || !now || token.phase === 'arrived' || token.phase === 'joining') continue;
    planPlace(plan, { scope: token.scope, token: n }, catchersAt(old, token.node), catchersAt(now, node));
  }
}

function eventsOf({ eventScopes }: ScopeDefinition): Catcher[] {
  return eventScopes.map(({ start, trigger }) => ({ node: start, trigger }));
}

/** Where a token at a node may be reached: the node itself, the events a race leads to, its boundary events. */
function catchersAt(scope: ScopeDefinition, id: string): Catcher[] {
  const node = scope.nodes[id];
  if (!node) return [];
  return [...ownCatchers(scope, node), ...node.boundaries.flatMap((event) => boundaryCatcher(scope, event))];
}

function ownCatchers(scope: ScopeDefinition, { id, body }: IrNode): Catcher[] {
  if (body.kind === 'catch') return [{ node: id, trigger: body.trigger }];
  if (body.kind !== 'race') return [];
  return flowsOut(scope, id).flatMap(({ to }) => {
    const target = scope.nodes[to]?.body;
    return target?.kind === 'catch' ? [{ node: to, trigger: target.trigger }] : [];
  });
}

function boundaryCatcher(scope: ScopeDefinition, id: string): Catcher[] {
  const trigger = scope.nodes[id]?.boundary?.trigger;
  return trigger ? [{ node: id, trigger }] : [];
}

function planPlace(plan: MigrationPlan, place: Place, old: readonly Catcher[], now: readonly Catcher[]): void {
  const covered = new Set<string>();
  for (const catcher of old) {
    const to = mapped(plan.migration, catcher.node);
    const successor = now.find(({ node }) => node === to && !covered.has(node));
    if (successor) covered.add(successor.node);
    if (isArmed(plan.migration.state, { ...place, node: catcher.node })) planCatcher(plan, place, catcher, successor);
  }
  for (const catcher of now) {
    if (covered.has(catcher.node) || !waits(catcher.trigger)) continue;
    plan.waits.push({ how: 'arm', owner: { ...place, node: catcher.node }, trigger: catcher.trigger });
    plan.notes.push({ severity: 'remark', code: 'event-added', elementId: catcher.node });
  }
}

function planCatcher(plan: MigrationPlan, place: Place, old: Catcher, now: Catcher | undefined): void {
  const owner = { ...place, node: old.node };
  if (!now) {
    plan.waits.push({ how: 'drop', owner });
    remark(plan, 'event-gone', old.node);
    return;
  }
  const isTimer = old.trigger.kind === 'timer' && now.trigger.kind === 'timer';
  const changed = !sameJson(old.trigger, now.trigger);
  if (changed && !(isTimer && plan.migration.timers === 'keep')) {
    plan.waits.push({ how: 'rearm', owner, node: now.node, trigger: now.trigger });
    remark(plan, isTimer ? 'timer-recalculated' : 'event-changed', old.node);
    return;
  }
  if (changed) remark(plan, 'timer-kept', old.node);
  if (now.node !== old.node) plan.waits.push({ how: 'rebind', owner, node: now.node });
}

/** Errors, escalations, compensation and cancel are found when they are thrown; nothing waits for them. */
function waits({ kind }: Trigger): boolean {
  return (
    kind === 'message' ||
    kind === 'signal' ||
    kind === 'timer' ||
    kind === 'condition' ||
    kind === 'any' ||
    kind === 'all'
  );
}

function isArmed({ timers, subscriptions, conditions }: CaseState, owner: WaitOwner): boolean {
  return [timers, subscriptions, conditions].some((table) =>
    Object.values(table).some((wait) => isOwnedBy(wait, owner)),
  );
}

/** Whether a wait belongs to a place. */
export function isOwnedBy(wait: WaitOwner, { scope, token, node }: WaitOwner): boolean {
  return wait.scope === scope && wait.token === token && wait.node === node;
}

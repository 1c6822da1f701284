import type { ScopeDefinition } from '../../ir/definition.ts';
import { enclosingOf } from '../../ir/enclosing-scope.ts';
import type { IrNode } from '../../ir/kernel.ts';
import { flowsIn, hasNode } from '../../ir/routing.ts';
import { numbersOf } from '../run.ts';
import type { CompensationRecord, ScopeState, TokenState } from '../state.ts';
import { block, type Migration, type MigrationPlan, mapped, remark, type TokenPlan } from './migration-plan.ts';
import { planCatchers } from './plan-waits.ts';
import { sameJson } from './same-json.ts';

/** Plans the move of a case to another version: scopes from outside inward, their tokens, then what both wait for. */
export function planMigration(migration: Migration): MigrationPlan {
  const plan: MigrationPlan = { migration, scopes: new Map(), tokens: new Map(), waits: [], notes: [] };
  const { scopes, tokens } = migration.state;
  for (const n of numbersOf(scopes)) planScope(plan, n);
  for (const n of numbersOf(tokens)) planToken(plan, n);
  for (const n of plan.scopes.keys()) checkHost(plan, n);
  if (!plan.notes.some(({ severity }) => severity === 'block')) planCatchers(plan);
  return plan;
}

function planScope(plan: MigrationPlan, n: number): void {
  const { state, from, to } = plan.migration;
  const open = state.scopes[n];
  const old = open && from.scopes[open.definition];
  if (!open || !old) return;
  if (open.phase === 'compensating' || open.compensates !== undefined) block(plan, 'being-undone', old.elementId);
  const element = mapped(plan.migration, old.elementId);
  if (element === undefined) {
    block(plan, 'element-gone', old.elementId);
    return;
  }
  const definition = Object.values(to.scopes).find((one) => one.kind === old.kind && one.elementId === element);
  const isAdHoc = (one: ScopeDefinition) => one.adHoc !== undefined;
  if (!definition || isAdHoc(definition) !== isAdHoc(old)) {
    block(plan, 'kind-changed', old.elementId);
    return;
  }
  if (!liesAsBefore(plan, open, definition)) {
    block(plan, 'scope-changed', old.elementId);
    return;
  }
  const startedBy = open.startedBy === undefined ? undefined : mapped(plan.migration, open.startedBy);
  plan.scopes.set(n, {
    definition,
    change: {
      definition: definition.id,
      processId: definition.processId,
      compensations: open.compensations?.map((record) => mappedRecord(plan, record, definition)),
      ...(startedBy === undefined ? {} : { startedBy }),
      ...(open.resetting ? { resetting: mappedResetting(plan, open.resetting, old, definition) } : {}),
    },
  });
}

/** Whether the scope around is still the one around, and an event sub-process still begins where it began. */
function liesAsBefore(plan: MigrationPlan, open: ScopeState, definition: ScopeDefinition): boolean {
  const around = open.parent === undefined ? undefined : plan.scopes.get(open.parent);
  const enclosing = enclosingOf(plan.migration.to, definition.id);
  if (!enclosing) return open.parent === undefined || open.isolated === true;
  if (open.startedBy !== undefined && mapped(plan.migration, open.startedBy) !== enclosing.node) return false;
  // What has become of a scope around that is gone itself is said there.
  return open.parent === undefined || around === undefined || around.definition.id === enclosing.scope;
}

/** The activity a scope runs for is still the one it runs for. */
function checkHost(plan: MigrationPlan, n: number): void {
  const { state, to } = plan.migration;
  const { host } = state.scopes[n] ?? {};
  const planned = plan.scopes.get(n);
  const node = host === undefined ? undefined : plan.tokens.get(host)?.node;
  if (!planned || node === undefined) return;
  const enclosing = enclosingOf(to, planned.definition.id);
  if (enclosing && enclosing.node !== node) block(plan, 'scope-changed', planned.definition.elementId);
}

function planToken(plan: MigrationPlan, n: number): void {
  const { state, from, to } = plan.migration;
  const token = state.tokens[n];
  const scope = token && plan.scopes.get(token.scope);
  const definition = token && from.scopes[state.scopes[token.scope]?.definition ?? ''];
  const old = token && definition?.nodes[token.node];
  if (!token || !scope || !old || !definition) return;
  if (token.compensates !== undefined || (token.pending ?? []).length > 0) block(plan, 'being-undone', token.node);
  const node = mapped(plan.migration, token.node);
  const now = node === undefined ? undefined : scope.definition.nodes[node];
  if (node === undefined || !now) {
    const elsewhere = node !== undefined && Object.values(to.scopes).some((one) => hasNode(one, node));
    block(plan, elsewhere ? 'scope-changed' : 'element-gone', token.node);
    return;
  }
  checkNode(plan, token, old, now);
  const flow =
    token.flow === undefined ? undefined : mappedFlow(plan, token.flow, token.node, definition, scope.definition);
  if (token.phase === 'joining' && (flow === undefined || !now.join)) block(plan, 'flow-gone', token.node);
  plan.tokens.set(n, { node, ...(flow === undefined ? {} : { flow }), task: planTask(plan, n, old, now) });
}

/** Only what is under way holds a node to its kind: what has not begun, or is done, goes on as the new version has it. */
function checkNode(plan: MigrationPlan, token: TokenState, old: IrNode, now: IrNode): void {
  if (token.phase !== 'active') return;
  const once = token.repeat === undefined && !isRun(plan, token);
  const repeatedAlike = token.repeat ? old.repeat?.kind === now.repeat?.kind : !once || now.repeat === undefined;
  if (!repeatedAlike) block(plan, 'repeat-changed', old.id);
  else if (old.body.kind !== now.body.kind) block(plan, 'kind-changed', old.id);
  if (token.repeat && now.repeat && !sameJson({ ...old.repeat, scope: '' }, { ...now.repeat, scope: '' }))
    remark(plan, 'repeat-planned', old.id);
  if (old.body.kind === 'job' && now.body.kind === 'job' && !token.repeat && !sameJson(old.body.job, now.body.job))
    remark(plan, 'job-kept', old.id);
  if (
    old.body.kind === 'call' &&
    now.body.kind === 'call' &&
    !token.repeat &&
    !sameJson(old.body.processId, now.body.processId)
  )
    remark(plan, 'call-kept', old.id);
}

/** Whether a token is one run of a repeated activity: its scope's node says nothing of repeating. */
function isRun({ migration: { state } }: MigrationPlan, token: TokenState): boolean {
  return state.scopes[token.scope]?.instance !== undefined;
}

/** A flow of the same id that still leads there, else the one between the successors of its ends. */
function mappedFlow(
  { migration }: MigrationPlan,
  flow: string,
  node: string,
  old: ScopeDefinition,
  now: ScopeDefinition,
): string | undefined {
  const ways = flowsIn(now, mapped(migration, node) ?? '');
  if (ways.some((way) => way.flow === flow)) return flow;
  const source = flowsIn(old, node).find((way) => way.flow === flow)?.from;
  const from = source === undefined ? undefined : mapped(migration, source);
  const alike = ways.filter((way) => way.from === from);
  return alike.length === 1 ? alike[0]?.flow : undefined;
}

function mappedResetting(
  plan: MigrationPlan,
  resetting: NonNullable<ScopeState['resetting']>,
  old: ScopeDefinition,
  now: ScopeDefinition,
): NonNullable<ScopeState['resetting']> {
  return Object.fromEntries(
    Object.entries(resetting).flatMap(([gateway, flows]) => {
      const node = mapped(plan.migration, gateway);
      if (node === undefined || !hasNode(now, node)) return [];
      return [[node, flows.flatMap((flow) => mappedFlow(plan, flow, gateway, old, now) ?? [])]];
    }),
  );
}

/** What can be undone must stay so: the handler is still there, and still a handler. */
function mappedRecord(plan: MigrationPlan, record: CompensationRecord, around: ScopeDefinition): CompensationRecord {
  const { migration } = plan;
  const node = mapped(migration, record.node);
  const handler = record.handler === undefined ? undefined : mapped(migration, record.handler);
  const eventScope = record.eventScope === undefined ? undefined : mapped(migration, record.eventScope);
  const scope = record.scope === undefined ? undefined : successorScope(migration, record.scope);
  const isThere =
    node !== undefined &&
    (record.handler === undefined || (handler !== undefined && around.nodes[handler]?.isCompensation === true)) &&
    (record.scope === undefined || scope !== undefined) &&
    (record.eventScope === undefined || scope?.eventScopes.some(({ start }) => start === eventScope) === true);
  if (!isThere) block(plan, 'compensation-gone', record.node);
  return {
    ...record,
    node: node ?? record.node,
    ...(handler === undefined ? {} : { handler }),
    ...(eventScope === undefined ? {} : { eventScope }),
    ...(scope === undefined ? {} : { scope: scope.id, processId: scope.processId }),
    records: record.records.map((inner) => mappedRecord(plan, inner, scope ?? around)),
  };
}

function successorScope(migration: Migration, id: string): ScopeDefinition | undefined {
  const old = migration.from.scopes[id];
  const element = old && mapped(migration, old.elementId);
  return Object.values(migration.to.scopes).find((one) => one.kind === old?.kind && one.elementId === element);
}

/** A task stays as it is while the new version would have opened the same; else it is closed and issued again, claimed by whom it was. */
function planTask(plan: MigrationPlan, n: number, old: IrNode, now: IrNode): TokenPlan['task'] {
  const open = Object.values(plan.migration.state.tasks).find(({ token }) => token === n);
  if (!open || old.body.kind !== 'task' || now.body.kind !== 'task') return 'keep';
  const { formId } = open.task;
  if (formId !== undefined && plan.migration.changedForms.includes(formId)) remark(plan, 'form-changed', old.id);
  const { id: _, type: __, name, nameEn, inputs } = old;
  const same =
    old.id === now.id &&
    sameJson(
      { name, nameEn, inputs, task: old.body.task },
      { name: now.name, nameEn: now.nameEn, inputs: now.inputs, task: now.body.task },
    );
  if (!same) remark(plan, 'task-changed', old.id);
  return same ? 'keep' : 'issue-again';
}

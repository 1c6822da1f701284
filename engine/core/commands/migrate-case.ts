import type { CompiledDefinition } from '../../ir/definition.ts';
import { arm } from '../arm.ts';
import { checkEligibility } from '../check-eligibility.ts';
import type { Command } from '../command.ts';
import { contextIn, contextOf } from '../expression.ts';
import { raise } from '../incidents.ts';
import { actorsAskedAnew, mappedActors } from '../migrate/check-migration.ts';
import { strangersOf } from '../migrate/mapping.ts';
import { type MigrationPlan, mapped, type ScopePlan, type WaitPlan } from '../migrate/migration-plan.ts';
import { planMigration } from '../migrate/plan-migration.ts';
import { isOwnedBy } from '../migrate/plan-waits.ts';
import { sameJson } from '../migrate/same-json.ts';
import { reissueTask } from '../reissue-task.ts';
import type { Rejection } from '../rejection.ts';
import { emit, numbersOf, type Run } from '../run.ts';
import type { WaitOwner } from '../state.ts';
import { fire } from '../triggers.ts';
import { closeWaitsWhere } from '../waits.ts';
import { refuseChange, reject } from './answer.ts';
import { accept } from './tasks.ts';

type MigrateCase = Extract<Command, { type: 'MigrateCase' }>;

/**
 * Moves a case to another version of its flow. Tokens stay in their states, under the mapping's names; what they wait for is kept where both
 * versions say the same, and closed and opened again where they do not. From here on the new version decides: `run` holds it already.
 */
export function migrateCase(run: Run, command: MigrateCase, from: CompiledDefinition): Rejection | undefined {
  const refusal = refuseMigration(run, command, from);
  if (refusal) return refusal;
  const { mapping, timers, changedForms } = command;
  const plan = planMigration({ state: run.draft, from, to: run.definition, mapping, timers, changedForms });
  const blocked = plan.notes.find(({ severity }) => severity === 'block');
  if (blocked) return refuseMigrating(blocked.code, blocked.elementId, blocked.to);
  accept(run, command);
  emit(run, migrated(run, command, from));
  for (const [n, planned] of plan.scopes) rebindScope(run, n, planned);
  for (const n of numbersOf(run.draft.incidents)) moveIncident(run, plan, n);
  for (const [n] of plan.tokens) rebindToken(run, plan, n);
  const holding = plan.waits.flatMap((wait) => changeWait(run, wait));
  for (const [n, { task }] of plan.tokens) if (task === 'issue-again') reissueTask(run, n);
  for (const owner of holding) if (owner.token === undefined || run.draft.tokens[owner.token]) fire(run, owner, {});
  return undefined;
}

function refuseMigration(run: Run, command: MigrateCase, from: CompiledDefinition): Rejection | undefined {
  const verdict = checkEligibility(command.authority, command.by, {});
  if (!verdict.ok) return verdict.rejection;
  if (command.reason.trim() === '') return refuseChange('no-reason', 'a reason for the change', 'there is none');
  if (run.definition.key !== from.key)
    return reject('definition-not-found', `another version of ${from.key}`, `it is ${run.definition.key}`);
  if (run.definition.hash === run.draft.definitionHash)
    return refuseMigrating('same-version', run.draft.processId, undefined);
  const [stranger] = strangersOf(command.mapping, from, run.definition);
  return stranger === undefined ? undefined : refuseMigrating('no-element', stranger, undefined);
}

function refuseMigrating(reason: string, element: string, to: string | undefined): Rejection {
  const params = { reason, element, ...(to === undefined ? {} : { to }) };
  return reject('migration-refused', `the case to fit the new version`, `${element} does not: ${reason}`, params);
}

function migrated(run: Run, command: MigrateCase, from: CompiledDefinition) {
  const { mapping, reason, to, batch, releasedBy } = command;
  const anew = actorsAskedAnew({ from, to: run.definition, mapping });
  const found = Object.entries(command.actors ?? {}).filter(([element]) => anew.includes(element));
  const actors = mappedActors({ mapping }, { ...run.draft.actors, ...Object.fromEntries(found) });
  return {
    type: 'CaseMigrated',
    fromHash: run.draft.definitionHash,
    definitionHash: run.definition.hash,
    version: to.version,
    processId: mapping[run.draft.processId] ?? run.draft.processId,
    elements: Object.entries(mapping).flatMap(([element, successor]) =>
      element === successor ? [] : [{ from: element, to: successor }],
    ),
    reason,
    ...(batch === undefined ? {} : { batch }),
    ...(releasedBy === undefined ? {} : { releasedBy }),
    ...(sameJson(actors, run.draft.actors)
      ? {}
      : { actors: Object.entries(actors).map(([node, persons]) => ({ node, persons })) }),
  } as const;
}

function rebindScope(run: Run, n: number, { change }: ScopePlan): void {
  const before = run.draft.scopes[n];
  if (before && !sameJson(before, { ...before, ...change })) emit(run, { type: 'ScopeRebound', n, change });
}

function rebindToken(run: Run, plan: MigrationPlan, n: number): void {
  const before = run.draft.tokens[n];
  const planned = plan.tokens.get(n);
  if (!before || !planned) return;
  const { node, flow } = planned;
  if (before.node === node && before.flow === flow) return;
  emit(run, { type: 'TokenRebound', n, node, ...(flow === undefined ? {} : { flow }) });
  for (const job of numbersOf(run.draft.jobs))
    if (run.draft.jobs[job]?.token === n) emit(run, { type: 'WaitRebound', wait: 'job', n: job, node });
}

/** An incident is known outside by its element, so it is raised again under the new one. */
function moveIncident(run: Run, plan: MigrationPlan, n: number): void {
  const open = run.draft.incidents[n];
  const node = open && mapped(plan.migration, open.node);
  if (!open || node === undefined || node === open.node) return;
  const { incident, job, ...owner } = open;
  emit(run, { type: 'IncidentResolved', n, how: 'cancelled' });
  const failed = job === undefined || incident.jobId === undefined ? undefined : { n: job, jobId: incident.jobId };
  raise(run, { ...owner, node }, { code: incident.code, message: incident.message }, failed);
}

/** Gives the place when what it is to wait for has come about already. */
function changeWait(run: Run, wait: WaitPlan): readonly WaitOwner[] {
  switch (wait.how) {
    case 'drop':
      closeWaitsWhere(run, (one) => isOwnedBy(one, wait.owner));
      return [];
    case 'rebind':
      rebindWaits(run, wait.owner, wait.node);
      return [];
    case 'rearm':
      closeWaitsWhere(run, (one) => isOwnedBy(one, wait.owner));
      return armAt(run, { ...wait.owner, node: wait.node }, wait.trigger);
    case 'arm':
      return armAt(run, wait.owner, wait.trigger);
  }
}

function rebindWaits(run: Run, owner: WaitOwner, node: string): void {
  const { timers, subscriptions, conditions } = run.draft;
  for (const n of numbersOf(timers))
    if (timers[n] && isOwnedBy(timers[n], owner)) emit(run, { type: 'WaitRebound', wait: 'timer', n, node });
  for (const n of numbersOf(subscriptions))
    if (subscriptions[n] && isOwnedBy(subscriptions[n], owner))
      emit(run, { type: 'WaitRebound', wait: 'subscription', n, node });
  for (const n of numbersOf(conditions))
    if (conditions[n] && isOwnedBy(conditions[n], owner))
      emit(run, { type: 'WaitRebound', wait: 'condition', n, node });
}

function armAt(run: Run, owner: WaitOwner, trigger: Parameters<typeof arm>[2]): readonly WaitOwner[] {
  const token = owner.token === undefined ? undefined : run.draft.tokens[owner.token];
  const armed = arm(run, owner, trigger, token ? contextOf(run, token) : contextIn(run, owner.scope));
  if (!armed.ok) raise(run, owner, armed.stuck);
  return armed.ok && armed.value === 'holds' ? [owner] : [];
}

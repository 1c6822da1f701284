import { verifyCase } from '../../engine/replay/index.ts';
import { viewCase } from '../../engine/replay/view-case.ts';
import { parseState } from '../../engine/runtime/state-text.ts';
import { type CaseRows, hospital, type World } from './world.ts';

/** Versions already checked; a case that did not change since needs no second look. */
export type Checked = Map<string, number>;

/**
 * What must hold after every command, whatever it was: each case's history is an unbroken chain and folds to exactly the stored state;
 * the rows (tasks, timers, deliveries, subscriptions, incidents) are those of the state; the simulators' books and the ledger agree.
 * Returns what does not hold.
 */
export async function checkInvariants(world: World, checked: Checked): Promise<readonly string[]> {
  const failures: string[] = [];
  for (const { caseId, version } of await world.probe.cases()) {
    if (checked.get(caseId) === version) continue;
    failures.push(...(await checkCase(world, caseId)));
    checked.set(caseId, version);
  }
  const imbalances = await world.simulators.check();
  failures.push(...imbalances.map((imbalance) => `the ledger does not balance: ${JSON.stringify(imbalance)}`));
  failures.push(
    ...world.problems.splice(0).map((problem) => `the runtime could not do something: ${describe(problem)}`),
  );
  return failures;
}

async function checkCase(world: World, caseId: string): Promise<string[]> {
  const { cases } = world.probe.stores;
  const [{ case: stored }, entries] = await Promise.all([
    cases.load({ tenantId: hospital, caseId }),
    cases.entries({ tenantId: hospital, caseId }),
  ]);
  if (!stored) return [`case ${caseId} has a row but cannot be loaded`];
  const key = await world.keyRing.open(hospital, caseId, stored.wrappedKey);
  const verdict = verifyCase({ entries, storedState: stored.state, head: stored.lastHash, key });
  const failures = verdict.ok
    ? []
    : [`case ${caseId}: ${JSON.stringify({ chain: verdict.chain, state: verdict.state })}`];
  if (entries.length !== stored.version)
    failures.push(`case ${caseId} has version ${stored.version} but ${entries.length} entries`);
  return [...failures, ...compareRows(viewRows(stored.state), await world.probe.rowsOf(caseId), caseId)];
}

function viewRows(state: string): CaseRows {
  const view = viewCase(parseState(state));
  return {
    tasks: view.tasks.map((task) => task.taskId),
    timers: view.timers.map((timer) => timer.timerId),
    deliveries: deliverable(view.jobs, view.incidents),
    subscriptions: view.subscriptions.map((subscription) => subscription.subscriptionId),
    incidents: view.incidents.map((incident) => incident.incidentId),
  };
}

/** A job with an open incident waits for a person, not for a delivery. */
function deliverable(
  jobs: readonly { readonly jobId: string }[],
  incidents: readonly { readonly jobId?: string }[],
): string[] {
  const stuck = new Set(incidents.map((incident) => incident.jobId));
  return jobs.map((job) => job.jobId).filter((jobId) => !stuck.has(jobId));
}

function compareRows(expected: CaseRows, rows: CaseRows, caseId: string): string[] {
  const pairs: readonly [string, readonly string[], readonly string[]][] = [
    ['tasks', expected.tasks, rows.tasks],
    ['timers', expected.timers, rows.timers],
    ['deliveries', expected.deliveries, rows.deliveries],
    ['subscriptions', expected.subscriptions, rows.subscriptions],
    ['incidents', expected.incidents, rows.incidents],
  ];
  return pairs.flatMap(([name, wanted, found]) => {
    const same = JSON.stringify([...wanted].sort()) === JSON.stringify([...found].sort());
    return same ? [] : [`case ${caseId}: the state has ${name} ${wanted.join(', ')}, the rows are ${found.join(', ')}`];
  });
}

function describe(problem: unknown): string {
  if (typeof problem !== 'object' || problem === null || !('error' in problem)) return String(problem);
  const { error } = problem;
  const doing = 'doing' in problem ? String(problem.doing) : '';
  return `${doing}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

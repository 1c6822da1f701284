import { parseState } from '../../engine/core/state-text.ts';
import { verifyCase } from '../../engine/replay/index.ts';
import { compareRows, rowsOfState } from './case-rows.ts';
import { hospital, type World } from './world.ts';

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
  return [...failures, ...compareRows(rowsOfState(parseState(stored.state)), await world.probe.rowsOf(caseId), caseId)];
}

function describe(problem: unknown): string {
  if (typeof problem !== 'object' || problem === null || !('error' in problem)) return String(problem);
  const { error } = problem;
  const doing = 'doing' in problem ? String(problem.doing) : '';
  return `${doing}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

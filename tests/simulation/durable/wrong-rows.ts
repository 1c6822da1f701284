import { compareRows, rowsOfState } from '../../scenarios/case-rows.ts';
import type { StoreProbe } from '../../scenarios/world.ts';
import { type Hospital, tenantId } from './hospital.ts';
import type { SeenCase } from './seen-case.ts';
import type { Witness } from './witness.ts';

/** What does not hold of the cases that changed in the last step: each row the witness knows of must be there, and no other. */
export async function wrongRows(witness: Witness, probe: StoreProbe): Promise<string[]> {
  const found: string[] = [];
  for (const caseId of witness.touched) {
    const seen = witness.cases.get(caseId);
    if (seen) found.push(...(await wrongRowsOf(seen, probe)));
  }
  return found;
}

async function wrongRowsOf(seen: SeenCase, probe: StoreProbe): Promise<string[]> {
  const { caseId, version, state } = seen;
  const { case: stored } = await probe.stores.cases.load({ tenantId, caseId });
  if (!stored || stored.version !== version)
    return [`rows: case ${caseId} has version ${stored?.version}, ${version} were stored`];
  const entries = await probe.stores.cases.entries({ tenantId, caseId });
  const wrong = entries.length !== version || entries.some((entry, index) => entry.hash !== seen.entries[index]?.hash);
  if (wrong) return [`history: case ${caseId} has ${entries.length} entries of ${version}, or others`];
  return state
    ? compareRows(rowsOfState(state), await probe.rowsOf(caseId), caseId).map((what) => `rows: ${what}`)
    : [];
}

/** What does not hold when everything has come to its end. */
export async function wrongAtEnd({ clients }: Hospital, witness: Witness, probe: StoreProbe): Promise<string[]> {
  const found: string[] = [];
  const stored = await probe.cases();
  if (stored.length !== witness.cases.size)
    found.push(`rows: ${stored.length} cases are stored, ${witness.cases.size} were begun`);
  for (const seen of witness.cases.values()) found.push(...(await wrongRowsOf(seen, probe)));
  for (const { name, state, answer, givenUp } of clients.intents) {
    const known = witness.accepted.has(name);
    if (state === 'open') found.push(`answers: nobody knows what became of ${name}`);
    if (state === 'refused' && known && !givenUp) found.push(`answers: ${name} was refused, but it is stored`);
    if (state === 'acknowledged' && answer && !known)
      found.push(`answers: ${name} was acknowledged, but it is not stored`);
  }
  witness.checkMoney();
  return found;
}

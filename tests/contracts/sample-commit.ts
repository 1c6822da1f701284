import { randomUUID } from 'node:crypto';
import type { Commit, SealedEntry, TaskRecord } from '../../engine/index.ts';
import { createSystemRandomness, uuidV7 } from '../../engine/index.ts';

/** When everything in the contracts happens. */
export const sampleAt = '2026-03-02T00:00:00.000Z';

/** A case of a hospital of its own, so tests on one store do not see each other. */
export function newCase(): { readonly tenantId: string; readonly caseId: string } {
  return { tenantId: randomUUID(), caseId: uuidV7(sampleAt, createSystemRandomness()) };
}

function entry(tenantId: string, caseId: string, seq: number): SealedEntry {
  return {
    header: {
      ...{ format: 2, tenantId, caseId, seq, recordedAt: sampleAt, occurredAt: sampleAt },
      command: { id: randomUUID(), type: 'StartCase' },
      actor: { kind: 'person', id: 'dr-wang', roles: ['doctor'], department: 'CARD', override: false },
      definition: { key: 'sample', version: 1, hash: 'h1' },
      decidedBy: { behaviour: 1, xstate: '5', feelin: '8', timeZoneData: '2026a' },
      events: [{ type: 'CaseStarted', big: 1e21, text: '药品 "退" \\ \u2028' }],
      sealing: { nonce: 'bm9uY2U', tag: 'dGFn' },
    },
    values: [{ path: '/events/0/variables', ciphertext: 'Y2lwaGVy', salt: 'c2FsdA' }],
    valuesRoot: 'root',
    previousHash: `hash-${seq - 1}`,
    hash: `hash-${seq}`,
  };
}

/** A commit that changes nothing but the case itself; `changes` are laid over it. */
export function sampleCommit(
  { tenantId, caseId }: { tenantId: string; caseId: string },
  expectedVersion: number,
  changes: Partial<Commit> = {},
): Commit {
  return {
    ...{ tenantId, caseId, expectedVersion },
    case: {
      definition: { key: 'sample', version: 1, hash: 'h1' },
      status: 'active',
      // Key order and number forms that a binary JSON column would not keep.
      state: `{"b":1.0,"a":"第${expectedVersion + 1}步"}`,
      at: sampleAt,
      ...(expectedVersion === 0 && { wrappedKey: 'wrapped' }),
    },
    entry: entry(tenantId, caseId, expectedVersion + 1),
    tasks: { open: [], claim: [], release: [], close: [] },
    actors: [{ elementId: '', actorId: 'dr-wang' }],
    jobs: { add: [], remove: [] },
    subscriptions: { add: [], remove: [] },
    messages: [],
    incidents: { raise: [], resolve: [] },
    ...changes,
  };
}

/** A task as a decision opens it. */
export function sampleTask(caseId: string, n: number): TaskRecord {
  return {
    taskId: `${caseId}-${n}`,
    ...{ elementId: 'A2_Charge', processId: 'Sample', name: '收费', priority: 50, createdAt: sampleAt, input: {} },
    eligibility: { roles: ['clerk'], credentials: [], onDuty: true, notActorOf: [], notPersons: [], override: 'never' },
  };
}

import { createHash } from 'node:crypto';
import type { CaseEvent } from '../core/event.ts';
import { foldAll } from '../core/fold.ts';
import { printState } from '../core/state-text.ts';
import type { SealedEntry } from './history-entry.ts';
import { GENESIS_HASH, sealEntry } from './seal-entry.ts';

/** Repeatable bytes for tests. */
export function seededBytes(seed: string): { bytes(length: number): Uint8Array } {
  let drawn = 0;
  return {
    bytes(length) {
      drawn += 1;
      return new Uint8Array(createHash('sha512').update(`${seed}:${drawn}`).digest().subarray(0, length));
    },
  };
}

/** The sample case's key. */
export const sampleKey = seededBytes('key').bytes(32);
const caseId = '01900000-0000-7000-8000-00000000c001';

/** Values that must never stand in the clear. */
export const secrets = ['张伟明', 'P000007', '青霉素过敏', '夜班仅一人', '马丽'];

const commands: readonly { readonly type: string; readonly events: readonly CaseEvent[] }[] = [
  {
    type: 'StartCase',
    events: [
      {
        type: 'CaseStarted',
        caseId,
        processKey: 'charge-then-exam',
        definitionHash: 'd1',
        processId: 'ChargeThenExam',
        at: '2026-03-02T00:00:00.000Z',
      },
      {
        type: 'ScopeOpened',
        n: 1,
        scope: {
          definition: 'ChargeThenExam',
          processId: 'ChargeThenExam',
          phase: 'active',
          variables: { patient: { patientId: 'P000007', name: '张伟明' } },
        },
      },
      { type: 'TokenPlaced', n: 2, token: { scope: 1, node: 'A1_OrderExam', phase: 'arrived' } },
      { type: 'CaseKeysSet', patientKey: 'P000007' },
    ],
  },
  {
    type: 'CompleteTask',
    events: [
      { type: 'CommandAccepted', command: 'CompleteTask', at: '2026-03-02T00:05:00.000Z' },
      { type: 'VariablesWritten', scope: 1, variables: { note: '青霉素过敏', 'a/b~c': 1 } },
      { type: 'TokenMoved', n: 2, flow: 'F1', node: 'A2_Charge' },
    ],
  },
  {
    type: 'SetVariables',
    events: [
      { type: 'CommandAccepted', command: 'SetVariables', at: '2026-03-02T00:06:00.000Z' },
      { type: 'VariablesWritten', scope: 1, variables: { amount: 12550 } },
    ],
  },
  {
    type: 'CancelCase',
    events: [
      { type: 'CommandAccepted', command: 'CancelCase', at: '2026-03-02T00:07:00.000Z' },
      { type: 'TokenEnded', n: 2, how: 'cancelled' },
      { type: 'CaseEnded', outcome: 'cancelled', reason: '夜班仅一人' },
    ],
  },
];

/** A short case: its sealed history and the state the runtime would have stored. */
export function sampleHistory(seed = 'sample'): {
  readonly entries: readonly SealedEntry[];
  readonly storedState: string;
} {
  const random = seededBytes(seed);
  const entries: SealedEntry[] = [];
  for (const [index, { type, events }] of commands.entries()) {
    entries.push(
      sealEntry(
        {
          tenantId: '01900000-0000-7000-8000-000000000001',
          caseId,
          seq: index + 1,
          recordedAt: `2026-03-02T00:0${index}:00.000Z`,
          occurredAt: `2026-03-02T00:0${index}:00.000Z`,
          command: { id: `command-${index}`, type },
          actor: {
            kind: 'person',
            id: 'clerk-ma',
            name: '马丽',
            roles: ['clerk'],
            department: 'CASH',
            credentials: [],
            onDuty: true,
          },
          ...(index === 3 ? { override: { reason: '夜班仅一人' } } : {}),
          definition: { key: 'charge-then-exam', version: 1, hash: 'd1' },
          decidedBy: { behaviour: 1, xstate: '5', feelin: '8', timeZoneData: '2026a' },
          events,
          previousHash: entries.at(-1)?.hash ?? GENESIS_HASH,
        },
        sampleKey,
        random,
      ),
    );
  }
  const state = foldAll(
    null,
    commands.flatMap(({ events }) => events),
  );
  return { entries, storedState: printState(state) };
}

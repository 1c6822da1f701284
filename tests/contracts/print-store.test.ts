import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { postgresPrints } from '../../app/print/postgres-prints.server.ts';
import type { PrintStore } from '../../app/print/print-store.ts';
import { startTestDatabase, type TestDatabase } from '../postgres/test-database.ts';

const tenantId = '01900000-0000-7000-8000-000000000001';
const otherTenant = '01900000-0000-7000-8000-000000000002';
const at = '2026-03-02T00:00:00.000Z';

let running: TestDatabase;
let prints: PrintStore;
let cases = 0;
beforeAll(async () => {
  running = await startTestDatabase(new Date(at));
  prints = postgresPrints(running.database);
});
afterAll(() => running.close());

/** A case of its own for each test. */
function aCase(): string {
  cases += 1;
  return `01900000-0000-7000-8000-0000000001${String(cases).padStart(2, '0')}`;
}

describe('the record of prints', () => {
  test('the first copy is 1, the next are counted', async () => {
    const paper = { tenantId, caseId: aCase(), kind: 'receipt', subjects: ['R1'] } as const;
    expect(await prints.counts(paper)).toEqual({});
    expect(await prints.record({ ...paper, key: 'first-1', by: 'clerk-ma', at })).toEqual({ R1: 1 });
    expect(await prints.record({ ...paper, key: 'first-2', by: 'clerk-zhu', at })).toEqual({ R1: 2 });
    expect(await prints.counts(paper)).toEqual({ R1: 2 });
  });

  test('a press of the button that arrives twice counts once', async () => {
    const press = {
      tenantId,
      caseId: aCase(),
      kind: 'receipt',
      subjects: ['R1'],
      key: 'twice',
      by: 'clerk-ma',
      at,
    } as const;
    expect([await prints.record(press), await prints.record(press)]).toEqual([{ R1: 1 }, { R1: 1 }]);
    expect(await prints.counts(press)).toEqual({ R1: 1 });
  });

  test('presses at the same moment get different copies', async () => {
    const paper = { tenantId, caseId: aCase(), kind: 'receipt', subjects: ['R1'], by: 'clerk-ma', at } as const;
    const presses = ['a', 'b', 'c', 'd'].map((key) => prints.record({ ...paper, key: `moment-${key}` }));
    const copies = (await Promise.all(presses)).map((answer) => answer.R1);
    expect(copies.sort()).toEqual([1, 2, 3, 4]);
  });

  test('every label of a sheet is counted for itself', async () => {
    const sheet = { tenantId, caseId: aCase(), kind: 'bottle-label', by: 'nurse-liu', at } as const;
    await prints.record({ ...sheet, subjects: ['X-1', 'X-2'], key: 'sheet-1' });
    expect(await prints.record({ ...sheet, subjects: ['X-2'], key: 'sheet-2' })).toEqual({ 'X-2': 2 });
    expect(await prints.counts({ ...sheet, subjects: ['X-1', 'X-2', 'X-3'] })).toEqual({ 'X-1': 1, 'X-2': 2 });
  });

  test('papers of another kind, case or hospital are counted apart', async () => {
    const paper = { tenantId, caseId: aCase(), kind: 'charge-list', subjects: ['S1'] } as const;
    await prints.record({ ...paper, key: 'apart', by: 'clerk-ma', at });
    expect(await prints.counts({ ...paper, kind: 'receipt' })).toEqual({});
    expect(await prints.counts({ ...paper, caseId: aCase() })).toEqual({});
    expect(await prints.counts({ ...paper, tenantId: otherTenant })).toEqual({});
    expect(await prints.ofCase({ tenantId: otherTenant, caseId: paper.caseId })).toEqual([]);
  });

  test('a case tells what was printed of it, by task', async () => {
    const caseId = aCase();
    const by = 'nurse-liu';
    const later = '2026-03-02T01:00:00.000Z';
    await prints.record({ tenantId, caseId, kind: 'bottle-label', subjects: ['X-1'], taskId: 't1', key: 'k1', by, at });
    await prints.record({
      tenantId,
      caseId,
      kind: 'bottle-label',
      subjects: ['X-1'],
      taskId: 't1',
      key: 'k2',
      by,
      at: later,
    });
    await prints.record({ tenantId, caseId, kind: 'charge-list', subjects: ['S1'], key: 'k3', by, at });
    const printed = await prints.ofCase({ tenantId, caseId });
    expect(printed).toHaveLength(2);
    expect(printed).toContainEqual({ kind: 'bottle-label', taskId: 't1', copies: 2, lastAt: later });
    expect(printed).toContainEqual({ kind: 'charge-list', taskId: undefined, copies: 1, lastAt: at });
  });
});

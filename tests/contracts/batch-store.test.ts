import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Batch, BatchTarget, Stores } from '../../engine/index.ts';
import { batchJobs } from '../../engine/runtime/batch/run-batch.ts';
import { newCase, sampleAt, sampleCommit } from './sample-commit.ts';
import { onEveryStore } from './stores-under-test.ts';

const work = { kind: 'migrate', processKey: 'sample', from: 1, to: 2, mapping: { p: 'p' }, timers: 'keep' } as const;

async function begin(
  stores: Stores,
  targets: readonly BatchTarget[] = [1, 2, 3].map(() => ({ caseId: randomUUID() })),
) {
  const batch: Batch = {
    ...{ tenantId: randomUUID(), id: randomUUID(), work, reason: '流程已修正', requestedAt: sampleAt },
    ...{ requestedBy: { id: 'po-lu', name: '吕静' }, state: 'checking', phase: 'check', round: 1 },
  };
  expect(await stores.batches.create(batch, targets, batchJobs(batch, sampleAt))).toBe(true);
  const { tenantId, id } = batch;
  return { batch, tenantId, id, targets };
}

const note = { severity: 'remark', code: 'task-changed', elementId: 'A', to: 'B' } as const;

onEveryStore('batches', (stores) => {
  test('a batch and its items come back as they were given, and once', async () => {
    const { batch, tenantId, id, targets } = await begin(stores(), [
      { caseId: randomUUID(), subject: 'i-1' },
      { caseId: randomUUID() },
    ]);
    expect(await stores().batches.find(tenantId, id)).toEqual(batch);
    expect(await stores().batches.create(batch, [], [])).toBe(false);
    const items = targets.map((target, index) => ({ ...target, position: index + 1 }));
    expect(await stores().batches.items({ tenantId, id, limit: 10 })).toEqual(items);
    expect(await stores().batches.find(randomUUID(), id)).toBeUndefined();
  });

  test('its work is a job a lane', async () => {
    const { tenantId, id } = await begin(stores());
    const leased = await stores().jobs.lease({ at: sampleAt, limit: 1000, leaseSeconds: 60 });
    const lanes = leased.filter((job) => job.tenantId === tenantId).map(({ work: lane }) => lane);
    expect(lanes).toEqual([0, 1, 2, 3].map((lane) => ({ kind: 'batch', batchId: id, round: 1, lane })));
  });

  test('what is recorded is counted and no longer pending; blocked ones are not for the run', async () => {
    const { tenantId, id } = await begin(stores());
    const { batches } = stores();
    expect(
      (await batches.pending({ tenantId, id, phase: 'check', lane: 1, limit: 9 })).map((item) => item.position),
    ).toEqual([1]);
    await batches.record(tenantId, id, [
      { position: 1, verdict: 'ok', notes: [] },
      { position: 2, verdict: 'ok-with-note', notes: [note] },
      { position: 3, verdict: 'blocked', notes: [{ severity: 'block', code: 'element-gone', elementId: 'A' }] },
    ]);
    expect(await batches.pending({ tenantId, id, phase: 'check', limit: 9 })).toEqual([]);
    expect((await batches.pending({ tenantId, id, phase: 'run', limit: 9 })).map((item) => item.position)).toEqual([
      1, 2,
    ]);
    const why = { severity: 'block', code: 'case-ended' } as const;
    await batches.record(tenantId, id, [{ position: 1, outcome: 'done' }]);
    await batches.record(tenantId, id, [{ position: 2, outcome: 'refused', why }]);
    expect(await batches.counts(tenantId, id)).toEqual({ total: 3, ok: 1, noted: 1, blocked: 1, done: 1, refused: 1 });
    expect(await batches.items({ tenantId, id, outcome: 'refused', limit: 9 })).toMatchObject([
      { position: 2, verdict: 'ok-with-note', notes: [note], why },
    ]);
    expect(
      (await batches.items({ tenantId, id, after: 1, verdict: 'blocked', limit: 9 })).map((item) => item.position),
    ).toEqual([3]);
  });

  test('of two changes of the same state one is made, with its jobs', async () => {
    const { batch, tenantId, id } = await begin(stores());
    const after = { state: 'running', phase: 'run', round: 2, releasedBy: 'sa-jiang' } as const;
    const jobs = batchJobs({ id, round: 2 }, sampleAt);
    const changed = await Promise.all([0, 1].map(() => stores().batches.change(batch, after, jobs)));
    expect(changed.sort()).toEqual([false, true]);
    expect(await stores().batches.find(tenantId, id)).toEqual({ ...batch, ...after });
  });

  test('one that is withdrawn keeps by whom', async () => {
    const { batch, tenantId, id } = await begin(stores());
    const after = { state: 'withdrawn', phase: 'check', round: 1, withdrawnBy: 'po-lu', endedAt: sampleAt } as const;
    expect(await stores().batches.change(batch, after, [])).toBe(true);
    expect(await stores().batches.find(tenantId, id)).toEqual({ ...batch, ...after });
  });

  test('are listed newest first, with how far they are', async () => {
    const { tenantId, id } = await begin(stores());
    expect(await stores().batches.list(tenantId, 5)).toMatchObject([{ id, counts: { total: 3, done: 0 } }]);
  });

  test('running cases are found by the version they are on', async () => {
    const id = newCase();
    await stores().cases.commit(sampleCommit(id, 0));
    const { tenantId, caseId } = id;
    const on = (version: number) => stores().batches.runningCases({ tenantId, processKey: 'sample', version });
    expect([await on(1), await on(2)]).toEqual([[caseId], []]);
    const { case: change } = sampleCommit(id, 1);
    await stores().cases.commit(sampleCommit(id, 1, { case: { ...change, status: 'ended' } }));
    expect(await on(1)).toEqual([]);
  });
});

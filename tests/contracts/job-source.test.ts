import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { LeasedJob, NewJob, Stores } from '../../engine/index.ts';
import { newCase, sampleAt, sampleCommit } from './sample-commit.ts';
import { onEveryStore } from './stores-under-test.ts';

const later = '2026-03-02T01:00:00.000Z';
/** Seconds of a lease that has run out at once. */
const over = 0;
const tomorrow = '2026-03-03T00:00:00.000Z';

async function withJobs(stores: Stores, dueAts: readonly string[]) {
  const id = newCase();
  const add = dueAts.map(
    (dueAt, index): NewJob => ({
      jobKey: `timer:${id.caseId}-${index}`,
      caseId: id.caseId,
      dueAt,
      work: { kind: 'timer', timerId: `${id.caseId}-${index}` },
    }),
  );
  await stores.cases.commit(sampleCommit(id, 0, { jobs: { add, remove: [] } }));
  return { ...id, keys: add.map((job) => job.jobKey) };
}

/** Leases everything due and keeps this hospital's; the store is shared by the tests. */
async function leaseOf(
  stores: Stores,
  tenantId: string,
  at: string,
  leaseSeconds = 3600,
): Promise<readonly LeasedJob[]> {
  return (await stores.jobs.lease({ at, limit: 1000, leaseSeconds })).filter((job) => job.tenantId === tenantId);
}

onEveryStore('jobs', (stores) => {
  test('due work is handed out once, earliest first', async () => {
    const { tenantId, keys } = await withJobs(stores(), [later, sampleAt, tomorrow]);
    const jobs = await leaseOf(stores(), tenantId, later);
    expect(jobs.map((job) => job.jobKey)).toEqual([keys[1], keys[0]]);
    expect(jobs[0]).toMatchObject({ attempt: 1, outcomeKnown: true, dueAt: sampleAt, work: { kind: 'timer' } });
    expect(await leaseOf(stores(), tenantId, later)).toEqual([]);
  });

  test('two takers never get the same job', async () => {
    const { tenantId, keys } = await withJobs(
      stores(),
      Array.from({ length: 20 }, () => sampleAt),
    );
    const taken = await Promise.all([0, 1, 2, 3].map(() => leaseOf(stores(), tenantId, later)));
    expect(
      taken
        .flat()
        .map((job) => job.jobKey)
        .sort(),
    ).toEqual([...keys].sort());
  });

  test('a lease that ran out hands the job on, counts the attempt and doubts its outcome', async () => {
    const { tenantId } = await withJobs(stores(), [sampleAt]);
    const [first] = await leaseOf(stores(), tenantId, sampleAt, over);
    const [second] = await leaseOf(stores(), tenantId, later, over);
    expect(second).toMatchObject({ attempt: 2, outcomeKnown: false });
    expect(second?.leaseToken).not.toBe(first?.leaseToken);
  });

  test('a taker whose clock is ahead takes nothing from whoever holds it', async () => {
    const { tenantId } = await withJobs(stores(), [sampleAt]);
    await leaseOf(stores(), tenantId, sampleAt, 60);
    expect(await leaseOf(stores(), tenantId, tomorrow)).toEqual([]);
  });

  test('a job whose lease ran out comes after what was due before that', async () => {
    const { tenantId, keys } = await withJobs(stores(), [sampleAt, '2026-03-02T00:00:00.010Z']);
    const [first] = await leaseOf(stores(), tenantId, sampleAt, 0.05);
    expect(first?.jobKey).toBe(keys[0]);
    await setTimeout(100);
    expect((await leaseOf(stores(), tenantId, later)).map((job) => job.jobKey)).toEqual([keys[1], keys[0]]);
  });

  test('a lease given back is as one that ran out, and its holder has lost it', async () => {
    const { tenantId, keys } = await withJobs(stores(), [sampleAt, later]);
    const [first] = await leaseOf(stores(), tenantId, sampleAt);
    expect(await stores().jobs.returnLeases()).toBeGreaterThan(0);
    if (first) await stores().jobs.drop(first);
    const again = await leaseOf(stores(), tenantId, sampleAt);
    expect(again).toMatchObject([{ jobKey: keys[0], attempt: 2, outcomeKnown: false, dueAt: sampleAt }]);
  });

  test('giving leases back leaves alone what nobody holds', async () => {
    const { tenantId } = await withJobs(stores(), [sampleAt]);
    const [job] = await leaseOf(stores(), tenantId, sampleAt);
    if (job) await stores().jobs.postpone(job, tomorrow, true);
    await stores().jobs.returnLeases();
    expect(await stores().jobs.returnLeases()).toBe(0);
    expect(await leaseOf(stores(), tenantId, later)).toEqual([]);
    expect(await leaseOf(stores(), tenantId, tomorrow)).toMatchObject([{ outcomeKnown: true }]);
  });

  test('a job put off comes back when it is due, with what is known', async () => {
    const { tenantId } = await withJobs(stores(), [sampleAt]);
    const [job] = await leaseOf(stores(), tenantId, sampleAt);
    if (job) await stores().jobs.postpone(job, tomorrow, true);
    expect(await leaseOf(stores(), tenantId, later)).toEqual([]);
    expect(await leaseOf(stores(), tenantId, tomorrow)).toMatchObject([
      { attempt: 2, outcomeKnown: true, dueAt: tomorrow },
    ]);
  });

  test('only the holder of the last lease can drop, put off or use a job', async () => {
    const { tenantId, caseId } = await withJobs(stores(), [sampleAt]);
    const [first] = await leaseOf(stores(), tenantId, sampleAt, over);
    const [second] = await leaseOf(stores(), tenantId, later, over);
    if (!first || !second) throw new Error('Expected two leases');
    await stores().jobs.drop(first);
    await stores().jobs.postpone(first, sampleAt, true);
    expect(await stores().cases.commit(sampleCommit({ tenantId, caseId }, 1, { uses: first }))).toBe('job-lost');
    expect((await stores().cases.load({ tenantId, caseId })).case?.version).toBe(1);
    expect(await stores().cases.commit(sampleCommit({ tenantId, caseId }, 1, { uses: second }))).toBe('committed');
    expect(await leaseOf(stores(), tenantId, tomorrow)).toEqual([]);
  });

  test('a commit removes work; the same key may be written again', async () => {
    const { tenantId, caseId, keys } = await withJobs(stores(), [sampleAt]);
    const [jobKey = ''] = keys;
    const job: NewJob = { jobKey, caseId, dueAt: later, work: { kind: 'timer', timerId: 't' } };
    await stores().cases.commit(sampleCommit({ tenantId, caseId }, 1, { jobs: { add: [job], remove: [jobKey] } }));
    expect(await leaseOf(stores(), tenantId, sampleAt)).toEqual([]);
    expect(await leaseOf(stores(), tenantId, later)).toMatchObject([{ jobKey, attempt: 1 }]);
  });

  test('the next due time is that of the earliest work', async () => {
    const early = '2026-03-01T00:00:00.000Z';
    const { tenantId } = await withJobs(stores(), [early]);
    expect(await stores().jobs.nextDue()).toBe(early);
    for (const job of await leaseOf(stores(), tenantId, early)) await stores().jobs.drop(job);
    expect(await stores().jobs.nextDue()).not.toBe(early);
  });

  test('nothing is handed out of a topic that is not wanted, however much of it there is', async () => {
    const id = newCase();
    const delivery = (n: number, jobType: string): NewJob => ({
      ...{ jobKey: `delivery:${id.caseId}-${n}`, caseId: id.caseId, dueAt: sampleAt },
      work: {
        kind: 'delivery',
        job: {
          jobId: `${id.caseId}-${n}`,
          elementId: 'B1',
          jobType,
          retries: 3,
          headers: {},
          input: {},
        },
      },
    });
    const timer: NewJob = {
      ...{ jobKey: `timer:${id.caseId}-9`, caseId: id.caseId, dueAt: later },
      work: { kind: 'timer', timerId: `${id.caseId}-9` },
    };
    const hanging = Array.from({ length: 40 }, (_, n) => delivery(n, 'insurance.settle'));
    const add = [...hanging, delivery(50, 'printer.print'), timer];
    await stores().cases.commit(sampleCommit(id, 0, { jobs: { add, remove: [] } }));
    const request = { at: later, leaseSeconds: 3600, except: ['delivery:insurance.settle'] };
    const mine: LeasedJob[] = [];
    for (let taken = 1; taken > 0; ) {
      const jobs = await stores().jobs.lease({ ...request, limit: 5 });
      taken = jobs.length;
      mine.push(...jobs.filter((job) => job.tenantId === id.tenantId));
    }
    expect(mine.map((job) => job.jobKey)).toEqual([`delivery:${id.caseId}-50`, timer.jobKey]);
    expect(await leaseOf(stores(), id.tenantId, later)).toHaveLength(40);
  });
});

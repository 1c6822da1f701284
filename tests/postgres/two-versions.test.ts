import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyAllCases } from '../../db/backup/verify-all-cases.ts';
import { createPostgresStores } from '../../db/stores.ts';
import { type Connector, createEngine, type Engine, type LeasedJob, type Stores } from '../../engine/index.ts';
import { chaosFlow, marks, wholeWay } from '../chaos/flow.ts';
import { newCase, sampleAt, sampleCommit, sampleTask } from '../contracts/sample-commit.ts';
import { clerk, must, openEngine, tenantId } from '../engine/engine-under-test.ts';
import { olderVersions } from './older-stores.ts';
import { startTestDatabase, type TestDatabase } from './test-database.ts';

const cases = 12;

describe.each(Object.entries(olderVersions))('beside %s, a node of this version', (_name, olderStores) => {
  let running: TestDatabase;
  let stores: { readonly older: Stores; readonly newer: Stores };
  beforeAll(async () => {
    running = await startTestDatabase(new Date(sampleAt));
    stores = { older: olderStores(running.database), newer: createPostgresStores(running.database) };
  });
  afterAll(() => running?.close());

  /** Both ways round: what one does first, and the other after it. */
  const bothWays = () =>
    [
      [stores.older, stores.newer],
      [stores.newer, stores.older],
    ] as const;

  test('chains its commits to the other’s, and of two at once one is refused', async () => {
    for (const [one, other] of bothWays()) {
      const id = newCase();
      const open = { tasks: { open: [sampleTask(id.caseId, 1)], claim: [], release: [], close: [] } };
      expect(await one.cases.commit(sampleCommit(id, 0, open))).toBe('committed');
      expect(await other.cases.load(id)).toEqual(await one.cases.load(id));
      const both = await Promise.all([one, other].map(({ cases: store }) => store.commit(sampleCommit(id, 1))));
      expect([...both].sort()).toEqual(['committed', 'conflict']);
      expect(await other.cases.commit(sampleCommit(id, 2))).toBe('committed');
      expect(await one.cases.commit(sampleCommit(id, 2))).toBe('conflict');
      expect((await one.cases.entries(id)).map(({ header }) => header.seq)).toEqual([1, 2, 3]);
    }
  });

  test('gives a request the other has answered its answer', async () => {
    for (const [one, other] of bothWays()) {
      const id = newCase();
      const request = { tenantId: id.tenantId, actorId: 'dr-wang', key: 'k', hash: 'h' };
      expect(await one.cases.commit(sampleCommit(id, 0, { answers: { ...request, answer: '{"a":1}' } }))).toBe(
        'committed',
      );
      expect(await other.cases.commit(sampleCommit(id, 1, { answers: { ...request, answer: '{"a":2}' } }))).toBe(
        'already-answered',
      );
      expect((await other.cases.load({ ...id, request })).answer).toEqual({ hash: 'h', answer: '{"a":1}' });
    }
  });

  test('leases nothing the other holds, and takes it when the lease has run out; the late one is refused', async () => {
    for (const [one, other] of bothWays()) {
      const id = newCase();
      const job = {
        jobKey: `timer:${id.caseId}`,
        caseId: id.caseId,
        dueAt: sampleAt,
        work: { kind: 'timer', timerId: 't' },
      } as const;
      await one.cases.commit(sampleCommit(id, 0, { jobs: { add: [job], remove: [] } }));
      const lease = async (by: Stores, at: string) =>
        (await by.jobs.lease({ at, limit: 100, leaseSeconds: 1 })).find(({ jobKey }) => jobKey === job.jobKey);
      const held = await lease(one, sampleAt);
      if (!held) throw new Error('Expected the job, but it is not due');
      expect(held).toMatchObject({ attempt: 1, outcomeKnown: true });
      // A node whose clock is far ahead takes nothing from whoever holds it.
      expect(await lease(other, '2026-04-02T00:00:00.000Z')).toBeUndefined();
      const later = '2026-03-02T00:00:02.000Z';
      const taken = await untilLeased(() => lease(other, later));
      expect(taken).toMatchObject({ attempt: 2, outcomeKnown: false });
      const uses = ({ jobKey, leaseToken }: typeof held) => ({ uses: { tenantId: id.tenantId, jobKey, leaseToken } });
      expect(await one.cases.commit(sampleCommit(id, 1, uses(held)))).toBe('job-lost');
      expect(await other.cases.commit(sampleCommit(id, 1, uses(taken)))).toBe('committed');
      expect(await lease(one, later)).toBeUndefined();
    }
  });

  test('is handed what the other gave back, and drops it for both', async () => {
    for (const [one, other] of bothWays()) {
      const id = newCase();
      const job = {
        jobKey: `timer:${id.caseId}`,
        caseId: id.caseId,
        dueAt: sampleAt,
        work: { kind: 'timer', timerId: 't' },
      } as const;
      await one.cases.commit(sampleCommit(id, 0, { jobs: { add: [job], remove: [] } }));
      const lease = async (by: Stores) =>
        (await by.jobs.lease({ at: sampleAt, limit: 100, leaseSeconds: 2 })).find(
          ({ jobKey }) => jobKey === job.jobKey,
        );
      const held = await lease(one);
      if (!held) throw new Error('Expected the job, but it is not due');
      await one.jobs.postpone(held, sampleAt, true);
      // One that knows nothing of `held_until` leaves it standing: the work waits for the end of the lease, and is not lost.
      const taken = await untilLeased(() => lease(other));
      expect(taken.attempt).toBe(2);
      await other.jobs.drop(taken);
      expect(await lease(one)).toBeUndefined();
    }
  });

  test('brings cases to their end with it: nothing is lost, nothing is done twice, everything replays', async () => {
    const collected: string[] = [];
    const connector: Connector = {
      ...{ jobType: 'payment.collect', delivery: 'idempotent' },
      perform: async ({ key }) => {
        collected.push(key);
        return { status: 'done', output: {} };
      },
    };
    const opened = await openEngine(chaosFlow, { stores: stores.newer, connectors: [connector] });
    const engines = [opened.engine, createEngine({ ...opened.parts, stores: stores.older })] as const;
    const begun = await Promise.all(Array.from({ length: cases }, (_, n) => begin(engines, n)));
    for (let rounds = 0; rounds < 200; rounds += 1) {
      const left = await Promise.all(begun.map((caseId) => workOn(engines, opened.see, caseId)));
      await Promise.all(engines.map((engine) => engine.runDueWork({ limit: 5 })));
      const next = await opened.stores.jobs.nextDue();
      if (left.every((open) => !open)) break;
      if (next !== undefined && next > opened.clock.now()) opened.clock.moveTo(next);
    }
    for (const caseId of begun) {
      const { view } = await opened.see(caseId);
      expect(view).toMatchObject({ status: 'ended', completed: wholeWay });
      expect(marks.map((mark) => view.variables[mark])).toEqual(marks.map(() => 'done'));
    }
    expect(opened.problems).toEqual([]);
    expect(collected).toHaveLength(cases);
    const { database, ownerUrl } = running;
    const owner = postgres(ownerUrl, { max: 1 });
    const [left] = await owner`
      select (select count(*)::int from jobs where case_id = any(${begun}::uuid[])) as jobs,
             (select count(*)::int from tasks where case_id = any(${begun}::uuid[]) and status = 'open') as tasks,
             (select count(*)::int from task_candidates where case_id = any(${begun}::uuid[])) as candidates,
             (select count(*)::int from subscriptions where case_id = any(${begun}::uuid[])) as subscriptions`;
    await owner`delete from cases where process_key = 'sample'`;
    await owner.end();
    expect(left).toEqual({ jobs: 0, tasks: 0, candidates: 0, subscriptions: 0 });
    const verdict = await verifyAllCases({ ownerUrl, database, keyRing: opened.parts.keyRing });
    expect(verdict).toEqual({ cases, broken: [], brokenCount: 0 });
  });
});

/** Asks again until the job is handed out. */
async function untilLeased(lease: () => Promise<LeasedJob | undefined>): Promise<LeasedJob> {
  for (let asked = 0; asked < 300; asked += 1) {
    const job = await lease();
    if (job) return job;
    await sleep(100);
  }
  throw new Error('Expected the job to be handed out again, but it was not');
}

type Nodes = readonly [Engine, Engine];

/** The same start asked of both at once under one key: it begins once. */
async function begin(engines: Nodes, n: number): Promise<string> {
  const request = {
    tenantId,
    by: clerk,
    key: `start-${n}`,
    processKey: chaosFlow.key,
    variables: { orderNo: `ORD-${n}` },
  };
  const [first, second] = await Promise.all(engines.map((engine) => engine.start(request)));
  const caseIds = [first, second].map((answer) => answer && must(answer).caseId);
  expect(caseIds[0]).toBe(caseIds[1]);
  return caseIds[0] ?? '';
}

/** Hands in every open task of a case at both at once under one key; says whether the case goes on. */
async function workOn(
  engines: Nodes,
  see: (
    caseId: string,
  ) => Promise<{ readonly view: { readonly status: string; readonly tasks: readonly { readonly taskId: string }[] } }>,
  caseId: string,
): Promise<boolean> {
  const { view } = await see(caseId);
  for (const { taskId } of view.tasks) {
    const request = { tenantId, by: clerk, key: `complete-${taskId}`, caseId, taskId, variables: { mark: 'done' } };
    const [first, second] = await Promise.all(engines.map((engine) => engine.complete(request)));
    expect(second).toEqual(first);
    expect(first).toMatchObject({ ok: true });
  }
  return view.status === 'active';
}

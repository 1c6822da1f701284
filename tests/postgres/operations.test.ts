import { afterAll, beforeAll, expect, test } from 'vitest';
import { createReadModels } from '../../db/create-read-models.ts';
import type { ReadModels } from '../../db/read-models.ts';
import { createPostgresStores } from '../../db/stores.ts';
import { clerk, must, openEngine, scriptedConnector, tenantId } from '../engine/engine-under-test.ts';
import { oneJobBody, oneTaskBody, sampleFlow, waitingBody } from '../engine/sample-flow.ts';
import { startTestDatabase, type TestDatabase } from './test-database.ts';

const hour = 3_600_000;
const refusal = { status: 'failed', message: 'closed', retryable: false } as const;
let running: TestDatabase;
let reads: ReadModels;
let query: { readonly tenantId: string; readonly now: string };

beforeAll(async () => {
  running = await startTestDatabase(new Date('2026-03-02T00:00:00Z'));
  const stores = createPostgresStores(running.database);
  const { connector } = scriptedConnector('idempotent', [refusal, refusal, refusal]);
  const opened = await openEngine(sampleFlow('charge', oneTaskBody), { stores, connectors: [connector] });
  const { engine, clock, parts } = opened;
  for (const [key, body] of [
    ['refund', oneJobBody],
    ['wait', waitingBody],
  ] as const)
    must(await engine.publish({ tenantId, by: clerk, pkg: sampleFlow(key, body) }));
  const start = async (processKey: string, orderNo: string) => {
    const variables = { orderNo };
    return must(await engine.start({ tenantId, by: clerk, key: orderNo, processKey, variables }));
  };
  await start('wait', 'W-1');
  clock.moveBy(hour);
  for (const n of [1, 2, 3]) await start('refund', `R-${n}`);
  await opened.runAll();
  clock.moveBy(1_000);
  await start('charge', 'C-1');
  clock.moveBy(3 * hour);
  await start('charge', 'C-2');
  reads = createReadModels({ ...parts, database: running.database });
  query = { tenantId, now: clock.now() };
});
afterAll(() => running?.close());

test('incidents of one cause are one group', async () => {
  expect(await reads.listIncidentGroups(query)).toEqual([
    {
      ...{ processKey: 'refund', elementId: 'B1_Refund', code: 'job-failed', incidents: 3 },
      ...{ oldestAt: '2026-03-02T01:00:00.000Z', newestAt: '2026-03-02T01:00:00.000Z' },
    },
  ]);
});

test('the cases of a cause are found by their step', async () => {
  const found = await reads.findCases({ tenantId, incident: { elementId: 'B1_Refund' }, limit: 10 });
  expect(found.items.map(({ processKey, openIncidents }) => [processKey, openIncidents])).toEqual(
    Array(3).fill(['refund', 1]),
  );
  expect((await reads.findCases({ tenantId, incident: {}, limit: 10 })).items).toHaveLength(3);
  expect((await reads.findCases({ tenantId, incident: { elementId: 'A1_Charge' }, limit: 10 })).items).toEqual([]);
});

test('a batch finds what it is to be over, as many as asked for', async () => {
  const failed = { tenantId, incident: { elementId: 'B1_Refund', code: 'job-failed' }, limit: 10 };
  const incidents = await reads.findIncidents(failed);
  expect(incidents.map(({ elementId, code }) => [elementId, code])).toEqual(Array(3).fill(['B1_Refund', 'job-failed']));
  const caseIds = await reads.findCaseIds(failed);
  expect(incidents.map(({ caseId }) => caseId).sort()).toEqual([...caseIds].sort());
  expect(await reads.findCaseIds({ ...failed, limit: 2 })).toEqual(caseIds.slice(0, 2));
  expect(await reads.findIncidents({ ...failed, caseIds: caseIds.slice(1) })).toHaveLength(2);
  expect(await reads.findIncidents({ tenantId, incident: { code: 'data-missing' }, limit: 10 })).toEqual([]);
  expect(await reads.findCaseIds({ ...failed, tenantId: '01900000-0000-7000-8000-00000000000f' })).toEqual([]);
});

test('a step shows how much waits there and how much of it is overdue', async () => {
  expect(await reads.listWaitingSteps(query)).toEqual([
    {
      ...{ processKey: 'charge', elementId: 'A1_Charge', name: '收费', open: 2, overdue: 1 },
      oldestAt: '2026-03-02T01:00:01.000Z',
    },
  ]);
});

test('the engine’s own work shows by kind, with what is late', async () => {
  const timers = { kind: 'timer', waiting: 1, due: 0, retrying: 0, underWay: 0, oldestDueAt: null };
  expect(await reads.listWorkQueues(query)).toEqual([timers]);
  const later = { tenantId, now: '2026-03-06T00:00:00.000Z' };
  expect(await reads.listWorkQueues(later)).toEqual([{ ...timers, due: 1, oldestDueAt: '2026-03-05T00:00:00.000Z' }]);
});

test('the case in which nothing has happened for longest comes first; one that nothing can move is stuck', async () => {
  const before = await reads.listQuietCases(query);
  expect(before.map(({ processKey, stuck }) => [processKey, stuck])).toEqual([
    ['wait', false],
    ...Array(3).fill(['refund', false]),
    ['charge', false],
    ['charge', false],
  ]);
  await running.database.inTenant(tenantId, (tx) => tx.execute(`delete from incidents`));
  expect((await reads.listQuietCases(query)).filter(({ stuck }) => stuck).map(({ processKey }) => processKey)).toEqual(
    Array(3).fill('refund'),
  );
});

test('another hospital sees nothing of it', async () => {
  const elsewhere = { ...query, tenantId: '01900000-0000-7000-8000-00000000000f' };
  for (const list of [reads.listWorkQueues, reads.listIncidentGroups, reads.listWaitingSteps, reads.listQuietCases])
    expect(await list(elsewhere)).toEqual([]);
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createReadModels } from '../../db/create-read-models.ts';
import type { ReadModels } from '../../db/read-models.ts';
import { createPostgresStores } from '../../db/stores.ts';
import type { Person } from '../../engine/index.ts';
import { clerk, must, openEngine, person, tenantId } from '../engine/engine-under-test.ts';
import { sampleFlow } from '../engine/sample-flow.ts';
import { startTestDatabase, type TestDatabase } from './test-database.ts';

const doctor = person('dr-wang', ['doctor']);
let running: TestDatabase;
let opened: Awaited<ReturnType<typeof openEngine>>;
let reads: ReadModels;
let caseId: string;
let taskId: string;

beforeAll(async () => {
  running = await startTestDatabase(new Date('2026-03-02T00:00:00Z'));
  opened = await openEngine(sampleFlow(), { stores: createPostgresStores(running.database) });
  const { keyRing, clock, directory } = opened.parts;
  reads = createReadModels({ database: running.database, keyRing, clock, directory });
  for (const n of [1, 2, 3]) {
    // Cases of one instant have no order among them.
    opened.clock.moveBy(n - 1);
    await opened.startCase({ orderNo: `ORD-${n}`, patient: { patientId: `P00000${n}`, name: `王小${n}` } });
  }
  const { items } = await reads.findCases({ tenantId, businessKey: 'ORD-1', limit: 10 });
  caseId = items[0]?.caseId ?? '';
  taskId = (await opened.see(caseId)).view.tasks[0]?.taskId ?? '';
});
afterAll(() => running?.close());

const list = (by: Person, more: Partial<Parameters<ReadModels['listTasks']>[0]> = {}) =>
  reads.listTasks({ tenantId, person: by, view: 'groups', limit: 50, ...more });

describe('the inbox', () => {
  test('shows a group its open tasks with their patients, oldest first', async () => {
    const { items, counts } = await list(clerk);
    expect(items.map((item) => item.businessKey)).toEqual(['ORD-1', 'ORD-2', 'ORD-3']);
    expect(items[0]).toMatchObject({
      ...{ caseId, processKey: 'sample', patientId: 'P000001', patient: { name: '王小1' }, overdue: false },
      task: { elementId: 'A1_Charge', name: '收费', dueAt: '2026-03-02T02:00:00.000Z' },
    });
    expect(counts).toEqual({ mine: 0, groups: 3, overdue: 0 });
  });

  test('shows nothing to somebody whose role it is not, or who is off duty', async () => {
    expect((await list(doctor)).items).toEqual([]);
    expect((await list({ ...clerk, onDuty: false })).counts).toEqual({ mine: 0, groups: 0, overdue: 0 });
  });

  test('pages without leaving out or doubling', async () => {
    const first = await list(clerk, { limit: 2 });
    const second = await list(clerk, { limit: 2, cursor: first.nextCursor });
    expect([...first.items, ...second.items].map((item) => item.businessKey)).toEqual(['ORD-1', 'ORD-2', 'ORD-3']);
    expect(second.nextCursor).toBeUndefined();
  });

  test('finds by the beginning of the patient’s name, number, order or task', async () => {
    for (const search of ['王小2', 'P000002', 'ORD-2'])
      expect((await list(clerk, { search })).items.map((item) => item.businessKey)).toEqual(['ORD-2']);
    expect((await list(clerk, { search: '收' })).items).toHaveLength(3);
    expect((await list(clerk, { search: '小' })).items).toEqual([]);
    expect((await list(clerk, { search: "x' or 1=1" })).items).toEqual([]);
    expect((await list(clerk, { processKey: 'another' })).items).toEqual([]);
  });

  test('moves a claimed task to its holder', async () => {
    must(await opened.engine.claim({ tenantId, by: clerk, key: 'claim', caseId, taskId }));
    expect((await list(clerk, { view: 'mine' })).items.map((item) => item.task.taskId)).toEqual([taskId]);
    expect((await list(person('clerk-zhu'))).counts).toEqual({ mine: 0, groups: 2, overdue: 0 });
    must(await opened.engine.release({ tenantId, by: clerk, key: 'release', caseId, taskId }));
    expect((await list(clerk)).counts.groups).toBe(3);
  });

  test('a place nobody gave is the first page', async () => {
    expect((await list(clerk, { cursor: 'not-a-cursor' })).items).toHaveLength(3);
  });
});

describe('a case', () => {
  test('is shown as it is, with the content it is pinned to', async () => {
    const found = await reads.getCase({ tenantId, caseId });
    expect(found).toMatchObject({
      row: { caseId, businessKey: 'ORD-1', status: 'active', openIncidents: 0 },
      view: { tokens: [{ elementId: 'A1_Charge', count: 1 }], variables: { orderNo: 'ORD-1' } },
      version: 1,
    });
    expect(found?.package).toEqual(sampleFlow());
    expect(await reads.getCase({ tenantId, caseId: 'not-an-id' })).toBeUndefined();
  });

  test('is found by patient, text, status, person and time', async () => {
    const found = async (query: object) =>
      (await reads.findCases({ tenantId, limit: 10, ...query })).items.map((row) => row.businessKey);
    expect(await found({})).toEqual(['ORD-3', 'ORD-2', 'ORD-1']);
    expect(await found({ patientId: 'P000002' })).toEqual(['ORD-2']);
    expect(await found({ text: '王小3' })).toEqual(['ORD-3']);
    expect(await found({ text: caseId.slice(0, 8) })).toContain('ORD-1');
    expect(await found({ text: caseId })).toEqual(['ORD-1']);
    expect(await found({ status: 'ended' })).toEqual([]);
    expect(await found({ actor: 'clerk-ma' })).toHaveLength(3);
    expect(await found({ actor: 'dr-wang' })).toEqual([]);
    expect(await found({ from: '2026-03-03T00:00:00.000Z' })).toEqual([]);
    expect(await found({ to: '2026-03-03T00:00:00.000Z', processKey: 'sample' })).toHaveLength(3);
    const first = await reads.findCases({ tenantId, limit: 2 });
    const second = await reads.findCases({ tenantId, limit: 2, cursor: first.nextCursor });
    expect(second.items.map((row) => row.businessKey)).toEqual(['ORD-1']);
  });

  test('is found by who acted in it as by everything else, once, newest first and page by page', async () => {
    const ofClerk = (query: object) => reads.findCases({ tenantId, limit: 10, actor: clerk.id, ...query });
    const all = await reads.findCases({ tenantId, limit: 10 });
    expect(await ofClerk({})).toEqual(all);
    for (const query of [
      ...[
        { status: 'active' },
        { status: 'ended' },
        { patientId: 'P000002' },
        { text: 'ORD-3' },
        { caseIds: [caseId] },
      ],
      ...[
        { from: '2026-03-02T00:00:00.001Z' },
        { to: '2026-03-02T00:00:00.001Z' },
        { from: '2026-03-09T00:00:00.000Z' },
      ],
    ] as const)
      expect((await ofClerk(query)).items).toEqual((await reads.findCases({ tenantId, limit: 10, ...query })).items);
    const first = await ofClerk({ limit: 2 });
    const second = await ofClerk({ limit: 2, cursor: first.nextCursor });
    expect([...first.items, ...second.items]).toEqual(all.items);
    expect(second.nextCursor).toBeUndefined();
    expect(await reads.findCaseIds({ tenantId, limit: 10, actor: clerk.id })).toEqual(
      all.items.map((row) => row.caseId),
    );
  });

  test('tells its history entry by entry, with an unbroken chain', async () => {
    const past = await reads.listHistory({ tenantId, caseId });
    expect(past?.entries.map((entry) => entry.command.type)).toEqual(['StartCase', 'ClaimTask', 'ReleaseTask']);
    expect(past?.entries[0]).toMatchObject({ seq: 1, actor: { id: 'clerk-ma', name: 'clerk-ma' }, version: 1 });
    expect(past).toMatchObject({ chain: { status: 'intact', entries: 3 }, replaysToStoredState: true });
    expect(past?.stateAt(2)?.tasks[0]?.assignee).toBe('clerk-ma');
    expect(past?.stateAt(3)?.tasks[0]?.assignee).toBeUndefined();
    expect(past?.stateAt(9)).toBeUndefined();
  });
});

test('flows are listed with the cases that run on each version', async () => {
  const changed = { ...sampleFlow(), bpmn: sampleFlow().bpmn.replaceAll('收费', '收款') };
  must(await opened.engine.publish({ tenantId, by: clerk, pkg: changed, approvedBy: doctor }));
  await opened.startCase({ orderNo: 'ORD-4', patient: { patientId: 'P000004', name: '王小4' } });
  expect(await reads.listDefinitions({ tenantId })).toMatchObject([
    {
      key: 'sample',
      version: 2,
      title: { en: 'Sample' },
      approvedBy: 'dr-wang',
      runningCases: [
        { version: 2, cases: 1 },
        { version: 1, cases: 3 },
      ],
    },
  ]);
  expect((await reads.getPackage({ tenantId, key: 'sample', version: 1 }))?.package).toEqual(sampleFlow());
  expect(await reads.getPackage({ tenantId, key: 'sample' })).toMatchObject({ version: 2 });
  expect(await reads.getPackage({ tenantId, key: 'unknown' })).toBeUndefined();
});

test('a closed task is still told of, with who closed it', async () => {
  must(await opened.engine.complete({ tenantId, by: clerk, key: 'done', caseId, taskId, variables: {} }));
  expect(await reads.getTask({ tenantId, caseId, taskId })).toMatchObject({
    status: 'completed',
    closedBy: 'clerk-ma',
    overdue: false,
  });
  expect(await reads.getTask({ tenantId, caseId, taskId: 'no-such' })).toBeUndefined();
  expect((await list(clerk)).items.map((item) => item.businessKey)).not.toContain('ORD-1');
});

test('another hospital sees nothing of it', async () => {
  const other = { tenantId: '01900000-0000-7000-8000-000000000002' };
  expect((await reads.listTasks({ ...other, person: clerk, view: 'groups', limit: 10 })).items).toEqual([]);
  expect((await reads.findCases({ ...other, limit: 10 })).items).toEqual([]);
  expect(await reads.getCase({ ...other, caseId })).toBeUndefined();
  expect(await reads.listHistory({ ...other, caseId })).toBeUndefined();
  expect(await reads.listDefinitions(other)).toEqual([]);
});

test('overdue tasks are counted and listed', async () => {
  opened.clock.moveTo('2026-03-02T03:00:00.000Z');
  const { items, counts } = await list(clerk, { view: 'overdue' });
  expect(items.every((item) => item.overdue)).toBe(true);
  expect(counts.overdue).toBe(items.length);
  expect(items.length).toBe(3);
});

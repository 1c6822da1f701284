import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../postgres/test-database.ts';
import { hospital } from '../../scenarios/world.ts';
import { type Grown, growHospital } from './grow-hospital.ts';
import { type GrownDatabase, openGrown } from './grown-database.ts';
import { shortcomingsOf } from './growth-bench.ts';
import { recordSources } from './record-sources.ts';
import { deedsOn } from './screens.ts';

let running: TestDatabase;
let grown: GrownDatabase;
let made: Grown;
beforeAll(async () => {
  const sources = await recordSources({ 'order-verification/20-outpatient-expires': { finished: 1, running: 1 } });
  running = await startTestDatabase();
  grown = await openGrown(running, new Uint8Array(32));
  const growth = { finished: 30, running: 20, historyOfFinished: 3, historyOfRunning: 2, seed: 7 };
  made = await growHospital(grown, sources, { ...growth, now: new Date().toISOString() });
});
afterAll(async () => {
  await running?.close();
});

test('a copy with its history is a case like any other: its chain is whole and its history gives its state', async () => {
  expect(made.rows).toMatchObject({ cases: 50, case_keys: 50 });
  expect(made.withHistory).toHaveLength(20);
  for (const caseId of made.withHistory) {
    const history = await grown.readModels.listHistory({ tenantId: hospital, caseId });
    expect(history).toMatchObject({ chain: { status: 'intact' }, replaysToStoredState: true });
  }
});

test('copies began at different times, and running ones go on from where they are', async () => {
  const { items } = await grown.readModels.findCases({ tenantId: hospital, limit: 200 });
  expect(new Set(items.map(({ startedAt }) => startedAt.slice(0, 7))).size).toBeGreaterThan(12);
  expect(items.filter(({ status }) => status === 'active')).toHaveLength(20);
  const deeds = await deedsOn(grown, made);
  for (const { name, call } of deeds) for (const turn of [0, 1]) expect([name, await call(turn)]).toBeDefined();
  const [act] = made.acts;
  const found = await grown.readModels.getTask({ tenantId: hospital, caseId: '', taskId: '', ...act });
  expect(found).toMatchObject({ status: 'completed', closedBy: act?.by });
});

test('what falls short is said in words', () => {
  const deed = { judged: true, small: 10, large: 15, times: 1.5 };
  const inbox = { ...deed, name: 'opening the inbox' };
  expect(shortcomingsOf([inbox, { ...deed, name: 'opening a case', judged: false, times: 9 }])).toEqual([]);
  expect(shortcomingsOf([{ ...inbox, large: 50.1 }])).toEqual(['first page of the inbox 50.1 ms']);
  expect(shortcomingsOf([{ ...deed, name: 'opening a case', times: 1.51 }])).toEqual([
    'opening a case 1.51 times as much',
  ]);
  expect(shortcomingsOf([{ ...deed, name: 'opening a case', times: Number.NaN }])).toHaveLength(1);
});

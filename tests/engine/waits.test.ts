import { describe, expect, test } from 'vitest';
import { createEngine, createMemoryStore } from '../../engine/index.ts';
import { clerk, must, openEngine, tenantId } from './engine-under-test.ts';
import { messageStartBody, sampleFlow, timerStartBody, waitingBody } from './sample-flow.ts';

const paid = {
  tenantId,
  messageName: 'payment.confirmed',
  correlationKey: 'ORD-1',
  payload: { amount: 1280 },
  source: 'his',
};

describe('a waiting case', () => {
  test('goes on with the message it waits for', async () => {
    const { engine, see, startCase, runAll } = await openEngine(sampleFlow('sample', waitingBody));
    const { caseId } = await startCase();
    await engine.publishMessage({ ...paid, messageId: 'm1' });
    await runAll();
    expect((await see(caseId)).view).toMatchObject({
      completed: { E2_Paid: 1 },
      variables: { amount: 1280 },
      timers: [],
    });
  });

  test('gets a message that came before it waited', async () => {
    const { engine, see, startCase, runAll } = await openEngine(sampleFlow('sample', waitingBody));
    await engine.publishMessage({ ...paid, messageId: 'm1' });
    await runAll();
    const { caseId } = await startCase();
    await runAll();
    expect((await see(caseId)).view.completed).toMatchObject({ E2_Paid: 1 });
  });

  test('gets no message that was kept for a shorter time', async () => {
    const { engine, see, startCase, runAll, clock } = await openEngine(sampleFlow('sample', waitingBody));
    await engine.publishMessage({ ...paid, messageId: 'm1', keepFor: 3_600_000 });
    clock.moveTo('2026-03-02T01:00:00.000Z');
    const { caseId } = await startCase();
    await runAll();
    expect((await see(caseId)).view.status).toBe('active');
  });

  test('is not moved by a message of another key', async () => {
    const { engine, see, startCase, runAll } = await openEngine(sampleFlow('sample', waitingBody));
    const { caseId } = await startCase();
    await engine.publishMessage({ ...paid, messageId: 'm1', correlationKey: 'ORD-2' });
    await runAll();
    expect((await see(caseId)).view.status).toBe('active');
  });

  test('takes a message sent twice once', async () => {
    const { engine, startCase, runAll, stores, problems } = await openEngine(sampleFlow('sample', waitingBody));
    const { caseId } = await startCase();
    await engine.publishMessage({ ...paid, messageId: 'm1' });
    await engine.publishMessage({ ...paid, messageId: 'm1' });
    await runAll();
    const entries = await stores.cases.entries({ tenantId, caseId });
    expect(entries.filter((entry) => entry.header.command.type === 'DeliverMessage')).toHaveLength(1);
    expect(problems).toEqual([]);
  });

  test('that no longer wants the message leaves it to the next', async () => {
    const { engine, see, startCase, runAll } = await openEngine(sampleFlow('sample', waitingBody));
    const first = await startCase();
    await engine.publishMessage({ ...paid, messageId: 'm1' });
    await engine.publishMessage({ ...paid, messageId: 'm2' });
    await runAll();
    const second = await startCase();
    await runAll();
    expect((await see(first.caseId)).view.completed).toMatchObject({ E2_Paid: 1 });
    expect((await see(second.caseId)).view.completed).toMatchObject({ E2_Paid: 1 });
  });

  test('goes its timer’s way when the time is up, once, and not before', async () => {
    const { see, startCase, runAll, stores } = await openEngine(sampleFlow('sample', waitingBody));
    const { caseId } = await startCase();
    await runAll('2026-03-04T23:59:59.000Z');
    expect((await see(caseId)).view.status).toBe('active');
    await runAll('2026-03-05T00:00:00.000Z');
    expect((await see(caseId)).view).toMatchObject({ completed: { E3_Expired: 1 }, subscriptions: [] });
    const entries = await stores.cases.entries({ tenantId, caseId });
    expect(entries.filter((entry) => entry.header.command.type === 'FireTimer')).toHaveLength(1);
    expect(await stores.jobs.nextDue()).toBeUndefined();
  });

  test('a timer fires once although two engines take work at the same moment', async () => {
    const opened = await openEngine(sampleFlow('sample', waitingBody));
    const other = createEngine(opened.parts);
    const { caseId } = await opened.startCase();
    opened.clock.moveTo('2026-03-06T00:00:00.000Z');
    await Promise.all([opened.engine, other, opened.engine, other].map((engine) => engine.runDueWork({ limit: 10 })));
    const entries = await opened.stores.cases.entries({ tenantId, caseId });
    expect(entries.map((entry) => entry.header.command.type)).toEqual(['StartCase', 'FireTimer']);
  });
});

describe('a flow that begins with a message', () => {
  test('starts one case a message, with the payload as variables', async () => {
    const { tables, ...stores } = createMemoryStore();
    const { engine, runAll, problems } = await openEngine(sampleFlow('sample', messageStartBody), { stores });
    const asked = { ...paid, messageName: 'refund.asked', messageId: 'm1' };
    await engine.publishMessage(asked);
    await engine.publishMessage(asked);
    await runAll();
    expect([...tables.cases.values()].map(({ state }) => JSON.parse(state))).toMatchObject([
      { status: 'active', scopes: { 1: { variables: { amount: 1280 } } } },
    ]);
    expect(problems).toEqual([]);
    expect(await engine.start({ tenantId, by: clerk, key: 'k', processKey: 'sample', variables: {} })).toMatchObject({
      rejection: { code: 'start-not-found' },
    });
  });
});

describe('a flow that begins at a time', () => {
  async function withTimerStart() {
    const { tables, ...stores } = createMemoryStore();
    const opened = await openEngine(sampleFlow('sample', timerStartBody), { stores });
    return { ...opened, startedAt: () => [...tables.cases.values()].map(({ state }) => JSON.parse(state).startedAt) };
  }

  test('starts a case each time, as often as it says', async () => {
    const { runAll, startedAt } = await withTimerStart();
    await runAll('2026-03-02T23:59:59.999Z');
    expect(startedAt()).toEqual([]);
    await runAll('2026-04-01T00:00:00.000Z');
    expect(startedAt()).toEqual(['2026-03-03T00:00:00.000Z', '2026-03-04T00:00:00.000Z', '2026-03-05T00:00:00.000Z']);
  });

  test('starts no more of them once a version without the time is published', async () => {
    const { engine, runAll, startedAt } = await withTimerStart();
    await runAll('2026-03-03T01:00:00.000Z');
    must(await engine.publish({ tenantId, by: clerk, pkg: sampleFlow() }));
    await runAll('2026-04-01T00:00:00.000Z');
    expect(startedAt()).toHaveLength(1);
  });
});

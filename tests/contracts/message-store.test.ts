import { expect, test } from 'vitest';
import type { LeasedJob, PublishedMessage, Stores } from '../../engine/index.ts';
import { newCase, sampleAt, sampleCommit } from './sample-commit.ts';
import { onEveryStore } from './stores-under-test.ts';

const later = '2026-03-02T01:00:00.000Z';
const nextWeek = '2026-03-09T00:00:00.000Z';

function messageOf(tenantId: string, messageId: string, messageName = 'payment.confirmed'): PublishedMessage {
  return {
    ...{ tenantId, messageId, messageName, correlationKey: 'ORD-1', payload: { amount: 1280, 渠道: '微信' } },
    ...{ source: 'his', publishedAt: sampleAt, expiresAt: nextWeek },
  };
}

async function caseWaiting(stores: Stores, tenantId: string, names: readonly string[]): Promise<string> {
  const { caseId } = newCase();
  const add = names.map((messageName, index) => ({
    ...{ subscriptionId: `${caseId}-${index}`, elementId: 'E1', messageName, correlationKey: 'ORD-1' },
  }));
  await stores.cases.commit(sampleCommit({ tenantId, caseId }, 0, { subscriptions: { add, remove: [] } }));
  return caseId;
}

/** Deliveries made for a message's name and key, leased. */
async function match(stores: Stores, tenantId: string, messageName = 'payment.confirmed', at = later) {
  await stores.messages.correlate({ tenantId, messageName, correlationKey: 'ORD-1', at });
  const jobs = await stores.jobs.lease({ at, limit: 1000, leaseSeconds: 3600 });
  return jobs.filter((job) => job.tenantId === tenantId && job.work.kind !== 'correlate');
}

function casesOf(jobs: readonly LeasedJob[]): (string | undefined)[] {
  return jobs.map((job) => job.caseId);
}

onEveryStore('messages', (stores) => {
  test('a message is published once', async () => {
    const message = messageOf(newCase().tenantId, 'm1');
    expect(await stores().messages.publish(message)).toBe('published');
    expect(await stores().messages.publish(message)).toBe('duplicate');
    expect(await stores().messages.find(message.tenantId, 'm1')).toMatchObject({
      payload: message.payload,
      source: 'his',
    });
  });

  test('publishing brings work that matches the message', async () => {
    const { tenantId } = newCase();
    await stores().messages.publish(messageOf(tenantId, 'm1'));
    const jobs = (await stores().jobs.lease({ at: sampleAt, limit: 1000, leaseSeconds: 60 })).filter(
      (job) => job.tenantId === tenantId,
    );
    expect(jobs).toMatchObject([
      { work: { kind: 'correlate', messageName: 'payment.confirmed', correlationKey: 'ORD-1' } },
    ]);
  });

  test('a case that waits gets the message, once', async () => {
    const { tenantId } = newCase();
    const caseId = await caseWaiting(stores(), tenantId, ['payment.confirmed', 'order.cancelled']);
    await stores().messages.publish(messageOf(tenantId, 'm1'));
    const jobs = await match(stores(), tenantId);
    expect(jobs).toMatchObject([{ caseId, work: { kind: 'message', messageId: 'm1', subscriptionId: `${caseId}-0` } }]);
    expect(await match(stores(), tenantId)).toEqual([]);
  });

  test.each([
    ['order.confirmed', { trace: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' }],
    ['patient.transferred', { link: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' }],
  ])('what caused %s goes along with each delivery, and with each start', async (name, cause) => {
    const { tenantId } = newCase();
    await caseWaiting(stores(), tenantId, [name]);
    const pkg = { key: 'sample', title: { 'zh-CN': '样', en: 'Sample' }, bpmn: '', forms: {}, decisions: {} };
    const messageStarts = [{ messageName: name, processId: 'Sample', startEventId: 'S1' }];
    const at = { at: sampleAt, by: 'po-lu', hash: 'h1' };
    await stores().definitions.publish({ tenantId, pkg, messageStarts, timerStarts: [], ...at });
    await stores().messages.publish({ ...messageOf(tenantId, 'm1', name), ...cause });
    const jobs = await stores().jobs.lease({ at: sampleAt, limit: 1000, leaseSeconds: 60 });
    const matching = jobs.find((job) => job.tenantId === tenantId && job.jobKey === 'correlate:message:m1');
    expect(matching).toMatchObject({ ...cause, work: { kind: 'correlate', messageName: name } });
    const [first, second, ...more] = await match(stores(), tenantId, name);
    expect([first?.work.kind, second?.work.kind].sort()).toEqual(['message', 'message-start']);
    expect([first, second]).toMatchObject([cause, cause]);
    expect(more).toEqual([]);
    // Beside the work, not within it.
    expect(Object.keys(first?.work ?? {})).not.toContain(Object.keys(cause)[0]);
  });

  test('a message that finds nobody waits for who comes later, until it expires', async () => {
    const { tenantId } = newCase();
    await stores().messages.publish(messageOf(tenantId, 'm1'));
    expect(await match(stores(), tenantId)).toEqual([]);
    const caseId = await caseWaiting(stores(), tenantId, ['payment.confirmed']);
    expect(await match(stores(), tenantId, 'payment.confirmed', nextWeek)).toEqual([]);
    expect(casesOf(await match(stores(), tenantId))).toEqual([caseId]);
  });

  test('a case that waits twice for one message gets it once', async () => {
    const { tenantId } = newCase();
    await caseWaiting(stores(), tenantId, ['payment.confirmed', 'payment.confirmed']);
    await stores().messages.publish(messageOf(tenantId, 'm1'));
    expect(await match(stores(), tenantId)).toHaveLength(1);
  });

  test("a patient's event reaches every waiting place of every case, and nobody later", async () => {
    const { tenantId } = newCase();
    const name = 'patient.transferred';
    await caseWaiting(stores(), tenantId, [name, name]);
    await caseWaiting(stores(), tenantId, [name]);
    await stores().messages.publish(messageOf(tenantId, 'm1', name));
    expect(await match(stores(), tenantId, name)).toHaveLength(3);
    await caseWaiting(stores(), tenantId, [name]);
    expect(await match(stores(), tenantId, name)).toEqual([]);
  });

  test('a message its receiver no longer wanted goes to the next who waits', async () => {
    const { tenantId } = newCase();
    await caseWaiting(stores(), tenantId, ['payment.confirmed']);
    await stores().messages.publish(messageOf(tenantId, 'm1'));
    const [job] = await match(stores(), tenantId);
    if (!job) throw new Error('Expected a delivery');
    await stores().messages.returnUndelivered(job, { broadcast: false });
    const second = await caseWaiting(stores(), tenantId, ['payment.confirmed']);
    expect(casesOf(await match(stores(), tenantId))).toContain(second);
  });

  test('a message starts a case of each flow that begins with it, once', async () => {
    const { tenantId } = newCase();
    const pkg = { key: 'sample', title: { 'zh-CN': '样', en: 'Sample' }, bpmn: '', forms: {}, decisions: {} };
    const starts = [{ messageName: 'payment.confirmed', processId: 'Sample', startEventId: 'S1' }];
    const publication = { tenantId, pkg, messageStarts: starts, timerStarts: [], at: sampleAt, by: 'po-lu' };
    await stores().definitions.publish({ ...publication, hash: 'h1' });
    await stores().messages.publish(messageOf(tenantId, 'm1'));
    const work = {
      kind: 'message-start',
      messageId: 'm1',
      processKey: 'sample',
      processId: 'Sample',
      startEventId: 'S1',
    };
    expect(await match(stores(), tenantId)).toMatchObject([{ work }]);
    expect(await match(stores(), tenantId)).toEqual([]);
    // A version that no longer begins with it is started by it no more.
    await stores().definitions.publish({ ...publication, hash: 'h2', messageStarts: [] });
    await stores().messages.publish(messageOf(tenantId, 'm2'));
    expect(await match(stores(), tenantId)).toEqual([]);
  });

  test('a start event may begin cases by several messages', async () => {
    const { tenantId } = newCase();
    const pkg = { key: 'sample', title: { 'zh-CN': '样', en: 'Sample' }, bpmn: '', forms: {}, decisions: {} };
    const start = { processId: 'Sample', startEventId: 'S1' };
    const messageStarts = ['payment.confirmed', 'order.placed'].map((messageName) => ({ messageName, ...start }));
    const publication = { tenantId, pkg, messageStarts, timerStarts: [], at: sampleAt, by: 'po-lu' };
    await stores().definitions.publish({ ...publication, hash: 'h1' });
    for (const name of ['payment.confirmed', 'order.placed']) {
      await stores().messages.publish(messageOf(tenantId, name, name));
      expect(await match(stores(), tenantId, name)).toMatchObject([
        { work: { kind: 'message-start', messageId: name } },
      ]);
    }
  });

  test('another hospital gets nothing', async () => {
    const { tenantId } = newCase();
    await caseWaiting(stores(), newCase().tenantId, ['payment.confirmed']);
    await stores().messages.publish(messageOf(tenantId, 'm1'));
    expect(await match(stores(), tenantId)).toEqual([]);
  });

  test('a signal goes out in batches, to everybody who waited at the first, once', async () => {
    const { tenantId } = newCase();
    const name = 'signal:evacuate';
    const waiting = await Promise.all(Array.from({ length: 25 }, () => caseWaiting(stores(), tenantId, [name])));
    await stores().messages.publish(messageOf(tenantId, 'm1', name));
    const request = { tenantId, messageName: name, correlationKey: 'ORD-1', at: later, limit: 10 };
    let made = await stores().messages.correlate(request);
    expect(made).toBeGreaterThanOrEqual(10);
    await caseWaiting(stores(), tenantId, [name]);
    for (let more = made; more >= 10; made += more) more = await stores().messages.correlate(request);
    expect(made).toBe(25);
    expect(casesOf(await match(stores(), tenantId, name)).sort()).toEqual([...waiting].sort());
  });
});

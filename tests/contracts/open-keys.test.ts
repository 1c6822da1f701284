import { expect, test } from 'vitest';
import type { Commit, LeasedJob, Stores } from '../../engine/index.ts';
import { newCase, sampleAt, sampleCommit } from './sample-commit.ts';
import { onEveryStore } from './stores-under-test.ts';

const name = 'order.placed';
const key = 'ORD-1';
const nextWeek = '2026-03-09T00:00:00.000Z';

/** A hospital with a flow that begins by the message, which `messageIds` have reached. */
async function published(stores: Stores, ...messageIds: readonly string[]): Promise<string> {
  const { tenantId } = newCase();
  const pkg = { key: 'sample', title: { 'zh-CN': '样', en: 'Sample' }, bpmn: '', forms: {}, decisions: {} };
  const messageStarts = [{ messageName: name, processId: 'Sample', startEventId: 'S1' }];
  await stores.definitions.publish({
    ...{ tenantId, pkg, hash: 'h1', messageStarts, timerStarts: [], at: sampleAt, by: 'po-lu' },
  });
  for (const messageId of messageIds) await publish(stores, tenantId, messageId);
  return tenantId;
}

async function publish(stores: Stores, tenantId: string, messageId: string): Promise<void> {
  const message = { tenantId, messageId, messageName: name, correlationKey: key, payload: {}, source: 'his' };
  await stores.messages.publish({ ...message, publishedAt: sampleAt, expiresAt: nextWeek });
}

/** Deliveries the key's messages are given now. */
async function match(stores: Stores, tenantId: string): Promise<readonly LeasedJob[]> {
  await stores.messages.correlate({ tenantId, messageName: name, correlationKey: key, at: sampleAt });
  const jobs = await stores.jobs.lease({ at: sampleAt, limit: 1000, leaseSeconds: 3600 });
  return jobs.filter((job) => job.tenantId === tenantId && job.work.kind !== 'correlate');
}

function begin(tenantId: string, changes: Partial<Commit> = {}, ifFree = false): Commit {
  const holds = { processId: 'Sample', correlationKey: key, ifFree };
  return sampleCommit({ tenantId, caseId: newCase().caseId }, 0, { holds, ...changes });
}

/** A place that waits for the message. */
function waiting(subscriptionId: string): Commit['subscriptions'] {
  return { add: [{ subscriptionId, elementId: 'E1', messageName: name, correlationKey: key }], remove: [] };
}

function ended(commit: Commit): Commit {
  const next = sampleCommit(commit, commit.expectedVersion + 1);
  return { ...next, case: { ...next.case, status: 'ended', outcome: 'completed' } };
}

onEveryStore('keys of open cases', (stores) => {
  test('of two cases begun at once under one key one is stored, the other changes nothing', async () => {
    const { tenantId } = newCase();
    const commits = [begin(tenantId), begin(tenantId)];
    const outcomes = await Promise.all(commits.map((commit) => stores().cases.commit(commit)));
    expect(outcomes.toSorted()).toEqual(['committed', 'key-held']);
    const second = commits[outcomes.indexOf('key-held')];
    if (!second) throw new Error('Expected a commit that found the key held');
    expect((await stores().cases.load(second)).case).toBeUndefined();
    expect(await stores().cases.entries(second)).toEqual([]);
  });

  test('the key of another process, flow or hospital is another key', async () => {
    const { tenantId } = newCase();
    await stores().cases.commit(begin(tenantId));
    const elsewhere = begin(newCase().tenantId);
    const otherProcess = begin(tenantId, { holds: { processId: 'Other', correlationKey: key, ifFree: false } });
    const otherFlow = begin(tenantId);
    const definition = { ...otherFlow.case.definition, key: 'other' };
    for (const commit of [elsewhere, otherProcess, { ...otherFlow, case: { ...otherFlow.case, definition } }])
      expect(await stores().cases.commit(commit)).toBe('committed');
  });

  test('a case that can do without the key begins although it is held', async () => {
    const { tenantId } = newCase();
    expect(await stores().cases.commit(begin(tenantId, {}, true))).toBe('committed');
    expect(await stores().cases.commit(begin(tenantId, {}, true))).toBe('committed');
    expect(await stores().cases.commit(begin(tenantId))).toBe('key-held');
  });

  test('the key is free again when its case has ended, also within its first commit', async () => {
    const { tenantId } = newCase();
    const first = begin(tenantId);
    await stores().cases.commit(first);
    expect(await stores().cases.commit(begin(tenantId))).toBe('key-held');
    await stores().cases.commit(ended(first));
    const short = begin(tenantId);
    expect(await stores().cases.commit({ ...short, case: { ...short.case, status: 'ended' } })).toBe('committed');
    expect(await stores().cases.commit(begin(tenantId))).toBe('committed');
  });

  test('a message whose key is held starts nothing and goes to the case, when it waits for it', async () => {
    const tenantId = await published(stores(), 'm1');
    const holder = begin(tenantId);
    await stores().cases.commit(holder);
    expect(await match(stores(), tenantId)).toEqual([]);
    await stores().cases.commit(sampleCommit(holder, 1, { subscriptions: waiting('1') }));
    expect(await match(stores(), tenantId)).toMatchObject([{ caseId: holder.caseId, work: { kind: 'message' } }]);
  });

  test('a message whose key is held starts a case when the holder has ended', async () => {
    const tenantId = await published(stores(), 'm1');
    const holder = begin(tenantId);
    await stores().cases.commit(holder);
    expect(await match(stores(), tenantId)).toEqual([]);
    // The end itself brings the work that matches the message again.
    await stores().cases.commit(ended(holder));
    const due = await stores().jobs.lease({ at: sampleAt, limit: 1000, leaseSeconds: 3600 });
    expect(due.filter((job) => job.tenantId === tenantId)).toMatchObject([
      { work: { kind: 'correlate', messageName: name, correlationKey: key } },
    ]);
    expect(await match(stores(), tenantId)).toMatchObject([{ work: { kind: 'message-start' } }]);
  });

  test('a message that was to start a case and found the key held is offered again, whoever else got it', async () => {
    const tenantId = await published(stores());
    await stores().cases.commit(
      sampleCommit({ tenantId, caseId: newCase().caseId }, 0, { subscriptions: waiting('2') }),
    );
    await publish(stores(), tenantId, 'm1');
    const jobs = await match(stores(), tenantId);
    expect(jobs.map(({ work }) => work.kind).sort()).toEqual(['message', 'message-start']);
    const start = jobs.find(({ work }) => work.kind === 'message-start');
    if (!start) throw new Error('Expected a start by the message');
    const holder = begin(tenantId, { subscriptions: waiting('1') });
    await stores().cases.commit(holder);
    expect(await stores().cases.commit({ ...begin(tenantId), uses: start })).toBe('key-held');
    await stores().messages.returnUndelivered(start, { broadcast: false });
    expect(await match(stores(), tenantId)).toMatchObject([{ caseId: holder.caseId }]);
  });
});

import { expect, test } from 'vitest';
import type { RequestKey } from '../../engine/index.ts';
import { newCase, sampleAt, sampleCommit, sampleTask } from './sample-commit.ts';
import { onEveryStore } from './stores-under-test.ts';

onEveryStore('cases', (stores) => {
  test('a case that was never committed is not there', async () => {
    const { tenantId, caseId } = newCase();
    expect((await stores().cases.load({ tenantId, caseId })).case).toBeUndefined();
    expect(await stores().cases.entries({ tenantId, caseId })).toEqual([]);
  });

  test('state and entry come back byte for byte', async () => {
    const id = newCase();
    const commit = sampleCommit(id, 0);
    expect(await stores().cases.commit(commit)).toBe('committed');
    const { case: stored } = await stores().cases.load(id);
    expect(stored).toMatchObject({
      ...{ version: 1, state: commit.case.state, lastAt: sampleAt, lastHash: 'hash-1', wrappedKey: 'wrapped' },
      definition: { key: 'sample', version: 1, hash: 'h1' },
    });
    expect(await stores().cases.entries(id)).toEqual([commit.entry]);
  });

  test('a case may move to another version of its flow', async () => {
    const id = newCase();
    await stores().cases.commit(sampleCommit(id, 0));
    const moved = { key: 'sample', version: 2, hash: 'h2' };
    const { case: change } = sampleCommit(id, 1);
    await stores().cases.commit(sampleCommit(id, 1, { case: { ...change, definition: moved } }));
    expect((await stores().cases.load(id)).case?.definition).toEqual(moved);
  });

  test('of two commits on the same version one is stored, the other changes nothing', async () => {
    const id = newCase();
    await stores().cases.commit(sampleCommit(id, 0));
    const outcomes = await Promise.all([0, 1].map(() => stores().cases.commit(sampleCommit(id, 1))));
    expect(outcomes.sort()).toEqual(['committed', 'conflict']);
    expect((await stores().cases.entries(id)).map((entry) => entry.header.seq)).toEqual([1, 2]);
  });

  test('a case is created once', async () => {
    const id = newCase();
    const outcomes = await Promise.all([0, 1].map(() => stores().cases.commit(sampleCommit(id, 0))));
    expect(outcomes.sort()).toEqual(['committed', 'conflict']);
  });

  test('a commit on a case that is not there is a conflict', async () => {
    expect(await stores().cases.commit(sampleCommit(newCase(), 1))).toBe('conflict');
  });

  test('another hospital does not see the case', async () => {
    const id = newCase();
    await stores().cases.commit(sampleCommit(id, 0));
    const other = { ...id, tenantId: newCase().tenantId };
    expect((await stores().cases.load(other)).case).toBeUndefined();
    expect(await stores().cases.entries(other)).toEqual([]);
  });

  test('a request is answered once; its second commit stores nothing', async () => {
    const id = newCase();
    const request: RequestKey = { tenantId: id.tenantId, actorId: 'dr-wang', key: 'k1', hash: 'asked' };
    const answers = { ...request, answer: '{"version":1}' };
    expect(await stores().cases.commit(sampleCommit(id, 0, { answers }))).toBe('committed');
    const second = { tenantId: id.tenantId, caseId: newCase().caseId };
    expect(await stores().cases.commit(sampleCommit(second, 0, { answers }))).toBe('already-answered');
    expect((await stores().cases.load(second)).case).toBeUndefined();
    const loaded = await stores().cases.load({ ...second, request });
    expect(loaded.answer).toEqual({ hash: 'asked', answer: '{"version":1}' });
  });

  test('the same key of another person is another request', async () => {
    const id = newCase();
    const request: RequestKey = { tenantId: id.tenantId, actorId: 'dr-wang', key: 'k1', hash: 'asked' };
    await stores().cases.commit(sampleCommit(id, 0, { answers: { ...request, answer: '{}' } }));
    const loaded = await stores().cases.load({ ...id, request: { ...request, actorId: 'dr-li' } });
    expect(loaded.answer).toBeUndefined();
  });

  test('entries can be read from the middle', async () => {
    const id = newCase();
    for (const version of [0, 1, 2]) await stores().cases.commit(sampleCommit(id, version));
    const entries = await stores().cases.entries({ ...id, fromSeq: 2, toSeq: 2 });
    expect(entries.map((entry) => entry.header.seq)).toEqual([2]);
  });

  test('tasks are opened, claimed, released and closed with their case', async () => {
    const id = newCase();
    const task = sampleTask(id.caseId, 1);
    const { taskId } = task;
    const none = { open: [], claim: [], release: [], close: [] };
    const steps = [
      { ...none, open: [task, sampleTask(id.caseId, 2)] },
      { ...none, claim: [{ taskId, by: 'clerk-ma' }] },
      { ...none, release: [taskId] },
      { ...none, close: [{ taskId, outcome: 'completed' as const, by: 'clerk-ma' }] },
    ];
    for (const [version, tasks] of steps.entries())
      expect(await stores().cases.commit(sampleCommit(id, version, { tasks }))).toBe('committed');
  });
});

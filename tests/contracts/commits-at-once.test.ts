import { expect, test } from 'vitest';
import type { Commit, NewJob, RequestKey } from '../../engine/index.ts';
import { newCase, sampleAt, sampleCommit, sampleTask } from './sample-commit.ts';
import { onEveryStore } from './stores-under-test.ts';

onEveryStore('commits at once', (stores) => {
  /** So many cases of one hospital, begun. */
  async function begun(count: number, changes: (caseId: string) => Partial<Commit> = () => ({})) {
    const { tenantId } = newCase();
    const cases = Array.from({ length: count }, () => ({ tenantId, caseId: newCase().caseId }));
    const outcomes = await Promise.all(
      cases.map((one) => stores().cases.commit(sampleCommit(one, 0, changes(one.caseId)))),
    );
    expect(new Set(outcomes)).toEqual(new Set(['committed']));
    return { tenantId, cases };
  }

  test('each is stored as it would be alone, with its tasks and its entry', async () => {
    const { cases } = await begun(150, (caseId) => ({
      tasks: { open: [sampleTask(caseId, 1)], claim: [], release: [], close: [] },
    }));
    const closing = { open: [], claim: [], release: [] };
    const outcomes = await Promise.all(
      cases.map((one) => {
        const close = [{ taskId: `${one.caseId}-1`, outcome: 'completed' as const, by: 'clerk-ma' }];
        return stores().cases.commit(sampleCommit(one, 1, { tasks: { ...closing, close } }));
      }),
    );
    expect(new Set(outcomes)).toEqual(new Set(['committed']));
    for (const one of cases) {
      const { case: stored } = await stores().cases.load(one);
      expect(stored).toMatchObject({ version: 2, state: sampleCommit(one, 1).case.state, lastHash: 'hash-2' });
      expect((await stores().cases.entries(one)).map((entry) => entry.header.seq)).toEqual([1, 2]);
    }
  });

  test('each gets its own texts back, whatever stands in them', async () => {
    const { cases } = await begun(3);
    const commits = cases.map((one, index) => {
      const odd = ['\u001f', ',{}"\\', '\u001e\u001f\u001f'][index] ?? '';
      const plain = sampleCommit(one, 1);
      const header = { ...plain.entry.header, events: [{ type: 'Noted', text: odd }] };
      const values = [{ path: `/events/0/${odd}`, ciphertext: odd, salt: 'c2FsdA' }];
      const state = JSON.stringify({ odd, index });
      const open = [1, 2].map((n) => ({ ...sampleTask(one.caseId, n), input: { odd } }));
      return {
        ...plain,
        case: { ...plain.case, state },
        entry: { ...plain.entry, header, values },
        tasks: { ...plain.tasks, open },
      };
    });
    const outcomes = await Promise.all(commits.map((commit) => stores().cases.commit(commit)));
    expect(outcomes).toEqual(['committed', 'committed', 'committed']);
    for (const { tenantId, caseId, case: change, entry } of commits) {
      expect((await stores().cases.load({ tenantId, caseId })).case?.state).toBe(change.state);
      expect((await stores().cases.entries({ tenantId, caseId })).at(-1)).toEqual(entry);
    }
  });

  test('each is accepted or refused by itself', async () => {
    const job = (caseId: string): NewJob => ({
      ...{ jobKey: `timer:${caseId}-9`, caseId, dueAt: sampleAt },
      work: { kind: 'timer', timerId: `${caseId}-9` },
    });
    const { tenantId, cases } = await begun(5, (caseId) => ({ jobs: { add: [job(caseId)], remove: [] } }));
    const [good, late, lost, asked, unknown] = cases;
    if (!good || !late || !lost || !asked || !unknown) throw new Error('Expected five cases');
    const request: RequestKey = { tenantId, actorId: 'dr-wang', key: 'k1', hash: 'asked' };
    const answers = { ...request, answer: '{}' };
    await stores().cases.commit(sampleCommit(asked, 1, { answers }));
    await stores().cases.commit(sampleCommit(late, 1));
    const leaseToken = newCase().tenantId;
    const outcomes = await Promise.all([
      stores().cases.commit(sampleCommit(good, 1)),
      stores().cases.commit(sampleCommit(late, 1)),
      stores().cases.commit(sampleCommit(lost, 1, { uses: { tenantId, jobKey: job(lost.caseId).jobKey, leaseToken } })),
      stores().cases.commit(sampleCommit(asked, 2, { answers })),
      stores().cases.commit(sampleCommit({ tenantId, caseId: newCase().caseId }, 3)),
    ]);
    expect(outcomes).toEqual(['committed', 'conflict', 'job-lost', 'already-answered', 'conflict']);
    const versions = await Promise.all(cases.map(async (one) => (await stores().cases.load(one)).case?.version));
    expect(versions).toEqual([2, 2, 1, 2, 1]);
    const entries = await Promise.all(cases.map(async (one) => (await stores().cases.entries(one)).length));
    expect(entries).toEqual(versions);
  });

  test('the same request on two cases is answered once', async () => {
    const { tenantId, cases } = await begun(2);
    const answers = { tenantId, actorId: 'dr-wang', key: 'twice', hash: 'asked', answer: '{}' };
    const outcomes = await Promise.all(cases.map((one) => stores().cases.commit(sampleCommit(one, 1, { answers }))));
    expect(outcomes.sort()).toEqual(['already-answered', 'committed']);
  });

  test('cases asked for at once come back each with its own answer', async () => {
    const { tenantId } = newCase();
    const requests = Array.from({ length: 100 }, (_, n): RequestKey & { caseId: string } => {
      return { ...{ tenantId, actorId: 'dr-wang', key: `k${n}`, hash: `h${n}` }, caseId: newCase().caseId };
    });
    await Promise.all(
      requests.map(({ caseId, ...request }, n) => {
        const answers = n % 2 === 0 ? { ...request, answer: `{"n":${n}}` } : undefined;
        return stores().cases.commit(sampleCommit({ tenantId, caseId }, 0, answers && { answers }));
      }),
    );
    const loaded = await Promise.all(
      requests.map(({ caseId, ...request }) => stores().cases.load({ tenantId, caseId, request })),
    );
    expect(loaded.map(({ case: stored }) => stored?.caseId)).toEqual(requests.map(({ caseId }) => caseId));
    expect(loaded.map(({ answer }) => answer?.hash)).toEqual(
      requests.map(({ hash }, n) => (n % 2 === 0 ? hash : undefined)),
    );
  });
});

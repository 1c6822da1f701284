import { expect, test } from 'vitest';
import { createEngine, createMemoryStore, type Stores } from '../../engine/index.ts';
import { createKeptCases } from '../../engine/runtime/kept-cases.ts';
import { newCase, sampleCommit } from '../contracts/sample-commit.ts';
import { clerk, must, openEngine, person, tenantId } from './engine-under-test.ts';
import { sampleFlow } from './sample-flow.ts';

/** A store that notes what it is asked. */
function notingStore() {
  const memory = createMemoryStore();
  const asked: string[] = [];
  const { cases } = memory;
  const stores: Stores = {
    ...memory,
    cases: {
      ...cases,
      load: (query) => {
        asked.push('load');
        return cases.load(query);
      },
      commit: async (commit) => {
        const outcome = await cases.commit(commit);
        asked.push(outcome);
        return outcome;
      },
    },
  };
  return { stores, asked };
}

/** Two nodes on one store, a case begun on the first, and its task. */
async function twoNodes() {
  const { stores, asked } = notingStore();
  const first = await openEngine(sampleFlow(), { stores });
  const other = createEngine(first.parts);
  const { caseId } = await first.startCase();
  const [task] = (await first.see(caseId)).view.tasks;
  if (!task) throw new Error('Expected an open task, but there is none');
  asked.length = 0;
  const request = { tenantId, by: clerk, caseId, taskId: task.taskId };
  return { engine: first.engine, other, asked, request };
}

test('what a node has just written it does not read again', async () => {
  const { engine, asked, request } = await twoNodes();
  must(await engine.claim({ ...request, key: 'claim' }));
  must(await engine.release({ ...request, key: 'release' }));
  expect(asked).toEqual(['committed', 'committed']);
});

test('a copy another node has overtaken is a conflict, and the case is read', async () => {
  const { engine, other, asked, request } = await twoNodes();
  must(await other.claim({ ...request, key: 'claim' }));
  expect(must(await engine.release({ ...request, key: 'release' })).version).toBe(3);
  expect(asked).toEqual(['load', 'committed', 'conflict', 'load', 'committed']);
});

test('nothing is refused on a copy: what it shows as taken may be free again', async () => {
  const { engine, other, asked, request } = await twoNodes();
  must(await engine.claim({ ...request, key: 'claim' }));
  must(await other.release({ ...request, key: 'release' }));
  asked.length = 0;
  const claimed = await engine.claim({ ...request, by: person('clerk-b'), key: 'claim' });
  expect(must(claimed).version).toBe(4);
  expect(asked).toEqual(['load', 'committed']);
});

test('a request that comes again is answered as it was, with its copy and without', async () => {
  const { engine, other, request } = await twoNodes();
  const claimed = must(await engine.claim({ ...request, key: 'once' }));
  expect(must(await engine.claim({ ...request, key: 'once' }))).toEqual(claimed);
  expect(must(await other.claim({ ...request, key: 'once' }))).toEqual(claimed);
  expect(await engine.release({ ...request, key: 'once' })).toMatchObject({ rejection: { code: 'key-reused' } });
});

test('a start that comes again begins no second case', async () => {
  const { engine, asked } = await twoNodes();
  const start = { tenantId, by: clerk, key: 'start', processKey: sampleFlow().key, variables: {} };
  const begun = must(await engine.start(start));
  expect(must(await engine.start(start))).toEqual(begun);
  expect(asked).toEqual(['committed', 'already-answered', 'load']);
});

/** The case's key as a store has it; nothing is opened with it here. */
const wrappedKey = 'wrapped';

test('a copy is given out once, and only the latest few are kept', () => {
  const kept = createKeptCases({ cases: 2 });
  const cases = [newCase(), newCase(), newCase()];
  for (const one of cases) kept.keep(sampleCommit(one, 0), wrappedKey);
  const taken = cases.map(({ tenantId: tenant, caseId }) => kept.take(tenant, caseId)?.version);
  expect(taken).toEqual([undefined, 1, 1]);
  expect(cases.map(({ tenantId: tenant, caseId }) => kept.take(tenant, caseId))).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('states are kept up to a size, and of cases that go on', () => {
  const one = newCase();
  const commit = sampleCommit(one, 0);
  const small = createKeptCases({ text: commit.case.state.length - 1 });
  small.keep(commit, wrappedKey);
  expect(small.take(one.tenantId, one.caseId)).toBeUndefined();
  const kept = createKeptCases();
  kept.keep({ ...commit, case: { ...commit.case, status: 'ended' } }, wrappedKey);
  expect(kept.take(one.tenantId, one.caseId)).toBeUndefined();
});

test('where copies are stale too often they are not tried, until that is long ago', () => {
  const kept = createKeptCases();
  const one = newCase();
  const isTried = () => {
    kept.keep(sampleCommit(one, 0), wrappedKey);
    return kept.take(one.tenantId, one.caseId) !== undefined;
  };
  for (let n = 0; n < 20; n += 1) kept.proved('stale');
  expect(isTried()).toBe(false);
  const untried = Array.from({ length: 2_000 }, isTried).indexOf(true);
  expect(untried).toBeGreaterThan(100);
});

import { expect, test } from 'vitest';
import { type CaseStore, createMemoryStore, StoreFailure } from '../../engine/index.ts';
import { clerk, must, openEngine, tenantId } from './engine-under-test.ts';
import { sampleFlow } from './sample-flow.ts';

type Failing = { readonly before?: StoreFailure; readonly after?: StoreFailure };

/** The memory store, whose next commits fail as told, before or after they are stored. */
function failingStore(onCommit = () => {}) {
  const stores = createMemoryStore();
  const failures: Failing[] = [];
  const cases: CaseStore = {
    ...stores.cases,
    async commit(commit) {
      onCommit();
      const failure = failures.shift();
      if (failure?.before) throw failure.before;
      const outcome = await stores.cases.commit(commit);
      if (failure?.after) throw failure.after;
      return outcome;
    },
  };
  return { stores: { ...stores, cases }, failures };
}

const unknown = new StoreFailure('unknown-outcome', 'CONNECTION_CLOSED');
const retry = new StoreFailure('retry', '57P03');
const refused = new StoreFailure('refused', '42P01');

/** `takes` milliseconds pass with each commit. */
async function openOnFailing(takes = 0) {
  let passed = 0;
  const { stores, failures } = failingStore(() => {
    passed += takes;
  });
  const parts = { sleep: async () => undefined, stopwatch: () => passed };
  const opened = await openEngine(sampleFlow(), { stores, parts });
  const { caseId } = await opened.startCase();
  const { view } = await opened.see(caseId);
  const [task] = view.tasks;
  if (!task) throw new Error('Expected an open task, but there is none');
  const request = { tenantId, by: clerk, key: 'once', caseId, taskId: task.taskId };
  return { ...opened, failures, caseId, request };
}

test('a commit of which nobody knows whether it was stored is found by its key, and stored once', async () => {
  const { engine, failures, request, see, caseId } = await openOnFailing();
  failures.push({ after: unknown });
  const claimed = must(await engine.claim(request));
  expect(claimed.version).toBe(2);
  expect((await see(caseId)).stored.version).toBe(2);
});

test('a commit that surely was not stored is made again', async () => {
  const { engine, failures, request, see, caseId } = await openOnFailing();
  failures.push({ before: retry }, { before: unknown });
  must(await engine.claim(request));
  expect((await see(caseId)).stored.version).toBe(2);
});

test('a store that takes its time to fail is not tried for longer than whoever asked waits', async () => {
  const { engine, failures, request } = await openOnFailing(2_500);
  failures.push(...Array.from({ length: 4 }, () => ({ before: retry })));
  expect(await engine.claim(request)).toMatchObject({ ok: false, rejection: { code: 'unavailable' } });
  expect(failures).toHaveLength(1);
  must(await engine.claim(request));
});

test('a store that stays away is said to be, with the time to come again; the same key is answered later', async () => {
  const { engine, failures, request, see, caseId, problems } = await openOnFailing();
  failures.push(...Array.from({ length: 5 }, () => ({ before: retry })));
  const first = await engine.claim(request);
  expect(first).toMatchObject({ ok: false, rejection: { code: 'unavailable', params: { retryAfter: 3 } } });
  expect(problems).toMatchObject([{ doing: 'a command', error: retry }]);
  must(await engine.claim(request));
  expect((await see(caseId)).stored.version).toBe(2);
});

test('what a store will never take is thrown, not tried again', async () => {
  const { engine, failures, request } = await openOnFailing();
  failures.push({ before: refused });
  await expect(engine.claim(request)).rejects.toBe(refused);
  must(await engine.claim(request));
});

import { addJob, rowKey } from '../../../../engine/runtime/memory/tables.ts';
import { inCommit, inLoad, later, type PlantedBug, rowOf } from './planted-bug.ts';

/** Bugs in how one decision is written and read. */
export const bugsInCommits: readonly PlantedBug[] = [
  inCommit('no compare-and-set', (commit, { cases, tables }) => {
    const expectedVersion = tables.cases.get(rowKey(commit.tenantId, commit.caseId))?.version ?? 0;
    return cases.commit({ ...commit, expectedVersion });
  }),
  inCommit('a conflict is called a success', async (commit, { cases }) => {
    const outcome = await cases.commit(commit);
    return outcome === 'conflict' ? 'committed' : outcome;
  }),
  inCommit('acknowledged before it is stored', async (commit, { cases }, scheduler) => {
    later(scheduler, () => void cases.commit(commit));
    return 'committed';
  }),
  inCommit('the outbox is written after the commit', async (commit, { cases, tables }, scheduler) => {
    const { add, remove } = commit.jobs;
    const deliveries = add.filter(({ work }) => work.kind === 'delivery');
    const rest = add.filter((job) => !deliveries.includes(job));
    const outcome = await cases.commit({ ...commit, jobs: { add: rest, remove } });
    const write = () => {
      for (const job of deliveries) addJob(tables, commit.tenantId, job);
    };
    if (outcome === 'committed') later(scheduler, write);
    return outcome;
  }),
  inCommit('timers are written after the commit', async (commit, { cases, tables }, scheduler) => {
    const { add, remove } = commit.jobs;
    const timers = add.filter(({ work }) => work.kind === 'timer');
    const rest = add.filter((job) => !timers.includes(job));
    const outcome = await cases.commit({ ...commit, jobs: { add: rest, remove } });
    const write = () => {
      for (const job of timers) addJob(tables, commit.tenantId, job);
    };
    if (outcome === 'committed') later(scheduler, write);
    return outcome;
  }),
  inCommit('the messages of a commit are forgotten', (commit, { cases }) => cases.commit({ ...commit, messages: [] })),
  inCommit('the task list is left as it was', (commit, { cases }) =>
    cases.commit({ ...commit, tasks: { ...commit.tasks, close: [] } }),
  ),
  inCommit('a new task has no row', (commit, { cases }) =>
    cases.commit({ ...commit, tasks: { ...commit.tasks, open: commit.tasks.open.slice(1) } }),
  ),
  inCommit('a resolved incident stays open', (commit, { cases }) =>
    cases.commit({ ...commit, incidents: { ...commit.incidents, resolve: [] } }),
  ),
  inCommit('a cancelled timer keeps its row', (commit, { cases }) =>
    cases.commit({ ...commit, jobs: { ...commit.jobs, remove: [] } }),
  ),
  inCommit('state without history', async (commit, { cases, tables }) => {
    const outcome = await cases.commit(commit);
    if (outcome === 'committed') tables.entries.get(rowKey(commit.tenantId, commit.caseId))?.pop();
    return outcome;
  }),
  inCommit('the history keeps only its last entry', async (commit, { cases, tables }) => {
    const outcome = await cases.commit(commit);
    const key = rowKey(commit.tenantId, commit.caseId);
    if (outcome === 'committed') tables.entries.set(key, tables.entries.get(key)?.slice(-1) ?? []);
    return outcome;
  }),
  inCommit('no idempotency key', (commit, { cases }) => cases.commit({ ...commit, answers: undefined })),
  inCommit('the answer is stored after the commit', async (commit, { cases, tables }, scheduler) => {
    const { answers } = commit;
    const outcome = await cases.commit({ ...commit, answers: undefined });
    if (outcome !== 'committed' || !answers) return outcome;
    const { tenantId, actorId, key, hash, answer } = answers;
    later(scheduler, () => void tables.answers.set(rowKey(tenantId, actorId, key), { hash, answer }));
    return outcome;
  }),
  inCommit('a job is kept although its commit used it', (commit, { cases }) =>
    cases.commit({ ...commit, uses: undefined }),
  ),
  inCommit("a late worker's result is taken", (commit, memory) => {
    const { uses } = commit;
    const row = uses && rowOf(memory, uses);
    const lease = row?.lease;
    return memory.cases.commit({ ...commit, uses: uses && lease && { ...uses, leaseToken: lease.token } });
  }),
  inCommit('the next start of a cycle is forgotten', (commit, { cases }) => {
    const add = commit.jobs.add.filter(({ work }) => work.kind !== 'timer-start');
    return cases.commit({ ...commit, jobs: { ...commit.jobs, add } });
  }),
  inLoad('a key may be used for another request', (loaded, { request }) =>
    loaded.answer && request ? { ...loaded, answer: { ...loaded.answer, hash: request.hash } } : loaded,
  ),
  inLoad('an answer given before is not looked for', ({ answer: _, ...loaded }) => loaded),
  inLoad('the chain is forked', (loaded, { tenantId, caseId }, { tables }) => {
    const [first] = tables.entries.get(rowKey(tenantId, caseId)) ?? [];
    return loaded.case && first ? { ...loaded, case: { ...loaded.case, lastHash: first.hash } } : loaded;
  }),
  inLoad('time goes back with a clock', (loaded) =>
    loaded.case ? { ...loaded, case: { ...loaded.case, lastAt: '1970-01-01T00:00:00.000Z' } } : loaded,
  ),
  staleState(),
  staleCopy(),
  inLoad('a case forgets who acted', (loaded) => {
    if (!loaded.case) return loaded;
    const state = JSON.stringify({ ...JSON.parse(loaded.case.state), actors: {} });
    return { ...loaded, case: { ...loaded.case, state } };
  }),
];

/** Decides on what was before, and stores it as if it had decided on what is. */
function staleState(): PlantedBug {
  return {
    name: 'decided on a stale state',
    stores(memory) {
      const before = new Map<string, string>();
      return {
        ...memory,
        cases: {
          ...memory.cases,
          async load(query) {
            const loaded = await memory.cases.load(query);
            const state = before.get(query.caseId);
            return loaded.case && state !== undefined ? { ...loaded, case: { ...loaded.case, state } } : loaded;
          },
          async commit(commit) {
            const stored = memory.tables.cases.get(rowKey(commit.tenantId, commit.caseId));
            if (stored && commit.expectedVersion % 3 === 0) before.set(commit.caseId, stored.state);
            else before.delete(commit.caseId);
            return memory.cases.commit(commit);
          },
        },
      };
    },
  };
}

/** Compares versions only where the case was read for the command: what a node kept of its own last commit is believed. */
function staleCopy(): PlantedBug {
  return {
    name: 'a stale copy is written',
    stores(memory) {
      const read = new Set<string>();
      return {
        ...memory,
        cases: {
          ...memory.cases,
          load(query) {
            read.add(query.caseId);
            return memory.cases.load(query);
          },
          commit(commit) {
            const stored = memory.tables.cases.get(rowKey(commit.tenantId, commit.caseId));
            const isBelieved = !read.delete(commit.caseId) && commit.expectedVersion > 0;
            return memory.cases.commit(isBelieved && stored ? { ...commit, expectedVersion: stored.version } : commit);
          },
        },
      };
    },
  };
}

import type { Commit, LeasedJob, MemoryStore, Stores } from '../../../../engine/index.ts';
import { rowKey } from '../../../../engine/runtime/memory/tables.ts';
import type { Bank } from '../bank.ts';
import type { Manner } from '../node.ts';
import type { Scheduler } from '../scheduler.ts';

/** A fault put in on purpose, around the ports: the simulation is worth something only if it finds it. */
export type PlantedBug = {
  readonly name: string;
  /** The stores as they are with the bug. */
  stores?(memory: MemoryStore, scheduler: Scheduler): Stores;
  /** The receivers as the runtime reaches them with the bug. */
  bank?(bank: Bank): Pick<Bank, 'connector'>;
  /** How nodes work with the bug. */
  readonly manner?: Partial<Manner>;
  /** Whether a node that starts takes back every lease, as if it were alone. */
  readonly returnsLeases?: boolean;
};

/** A bug in how a commit is written: `write` has the sound one to call. */
export function inCommit(
  name: string,
  write: (commit: Commit, memory: MemoryStore, scheduler: Scheduler) => ReturnType<Stores['cases']['commit']>,
): PlantedBug {
  return {
    name,
    stores: (memory, scheduler) => ({
      ...memory,
      cases: { ...memory.cases, commit: (commit) => write(commit, memory, scheduler) },
    }),
  };
}

/** A bug in how a case is read. */
export function inLoad(
  name: string,
  change: (
    loaded: Awaited<ReturnType<Stores['cases']['load']>>,
    query: Parameters<Stores['cases']['load']>[0],
    memory: MemoryStore,
  ) => Awaited<ReturnType<Stores['cases']['load']>>,
): PlantedBug {
  return {
    name,
    stores: (memory) => ({
      ...memory,
      cases: { ...memory.cases, load: async (query) => change(await memory.cases.load(query), query, memory) },
    }),
  };
}

/** A bug in how work is handed out or given back. */
export function inJobs(name: string, change: (memory: MemoryStore) => Partial<Stores['jobs']>): PlantedBug {
  return { name, stores: (memory) => ({ ...memory, jobs: { ...memory.jobs, ...change(memory) } }) };
}

/** A bug in how messages find their receivers. */
export function inMessages(name: string, change: (memory: MemoryStore) => Partial<Stores['messages']>): PlantedBug {
  return { name, stores: (memory) => ({ ...memory, messages: { ...memory.messages, ...change(memory) } }) };
}

/** The row of a job. */
export function rowOf(memory: MemoryStore, job: Pick<LeasedJob, 'tenantId' | 'jobKey'>) {
  return memory.tables.jobs.get(rowKey(job.tenantId, job.jobKey));
}

/** Does something a little later, when others have had their turn. */
export function later(scheduler: Scheduler, what: () => void): void {
  void scheduler.sleep(-1, 1_000).then(what);
}

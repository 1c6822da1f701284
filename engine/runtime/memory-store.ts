import { createMemoryBatches } from './memory/batches.ts';
import { createMemoryCases } from './memory/cases.ts';
import { createMemoryDefinitions } from './memory/definitions.ts';
import { createMemoryJobs } from './memory/jobs.ts';
import { createMemoryMessages } from './memory/messages.ts';
import { createTables, type Tables } from './memory/tables.ts';
import type { Stores } from './ports.ts';

/** A store in memory: the reference of every storage contract, and the ground scenarios run on. Nothing survives the process. */
export type MemoryStore = Stores & {
  /** The rows, for tests that compare them with the case's state. */
  readonly tables: Tables;
};

/** Opens an empty store in memory; pass the tables of an earlier one to open it again after a crash of the engine. */
export function createMemoryStore(tables: Tables = createTables()): MemoryStore {
  return {
    cases: createMemoryCases(tables),
    definitions: createMemoryDefinitions(tables),
    messages: createMemoryMessages(tables),
    jobs: createMemoryJobs(tables),
    batches: createMemoryBatches(tables),
    tables,
  };
}

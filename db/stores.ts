import type { Stores } from '../engine/index.ts';
import type { Database } from './connect.ts';
import { createPostgresBatches } from './stores/batches.ts';
import { createPostgresCases } from './stores/cases.ts';
import { createPostgresDefinitions } from './stores/definitions.ts';
import { createPostgresJobs } from './stores/jobs.ts';
import { createPostgresMessages } from './stores/messages.ts';

/** Who wants to know of the storage's work, for figures. */
export type StoreWatcher = {
  /** A statement that wrote so many commits ended after so many seconds. */
  readonly onCommits?: (commits: number, seconds: number) => void;
};

/** The engine's storage on PostgreSQL. */
export function createPostgresStores(database: Database, { onCommits }: StoreWatcher = {}): Stores {
  return {
    cases: createPostgresCases(database, onCommits),
    definitions: createPostgresDefinitions(database),
    messages: createPostgresMessages(database),
    jobs: createPostgresJobs(database),
    batches: createPostgresBatches(database),
  };
}

import type { Stores } from '../engine/index.ts';
import type { Database } from './connect.ts';
import { createPostgresBatches } from './stores/batches.ts';
import { createPostgresCases } from './stores/cases.ts';
import { createPostgresDefinitions } from './stores/definitions.ts';
import { createPostgresJobs } from './stores/jobs.ts';
import { createPostgresMessages } from './stores/messages.ts';

/** The engine's storage on PostgreSQL. */
export function createPostgresStores(database: Database): Stores {
  return {
    cases: createPostgresCases(database),
    definitions: createPostgresDefinitions(database),
    messages: createPostgresMessages(database),
    jobs: createPostgresJobs(database),
    batches: createPostgresBatches(database),
  };
}

import type { Clock, Directory, KeyRing } from '../engine/index.ts';
import type { Database } from './connect.ts';
import type { ReadModels } from './read-models.ts';
import { getArchivedCase } from './reads/archived-cases.ts';
import { findCaseIds, findCases, findIncidents } from './reads/find-cases.ts';
import { getCase } from './reads/get-case.ts';
import { getTask } from './reads/get-task.ts';
import { getPackage, listDefinitions, listTitles } from './reads/list-definitions.ts';
import { listHistory } from './reads/list-history.ts';
import { listIncidents } from './reads/list-incidents.ts';
import { listTasks } from './reads/list-tasks.ts';
import {
  listIncidentGroups,
  listQuietCases,
  listWaitingSteps,
  listWorkQueues,
  listWorkTopics,
} from './reads/operations.ts';
import { createPostgresStores } from './stores.ts';

/** What the read models are built from. */
export type ReadModelParts = {
  readonly database: Database;
  readonly clock: Clock;
  readonly keyRing: KeyRing;
  /** Who is on duty, for tasks that can only be done with a documented override. */
  readonly directory: Directory;
};

/** What screens read, on PostgreSQL. */
export function createReadModels(parts: ReadModelParts): ReadModels {
  const { database } = parts;
  const { definitions } = createPostgresStores(database);
  return {
    listTasks: (query) => listTasks(parts, query),
    getTask: (query) => getTask(parts, query),
    getCase: (query) => getCase({ database, definitions }, query),
    findCases: (query) => findCases(database, query),
    getArchivedCase: (query) => getArchivedCase(database, query),
    findCaseIds: (query) => findCaseIds(database, query),
    findIncidents: (query) => findIncidents(database, query),
    listHistory: (query) => listHistory(parts, query),
    listDefinitions: ({ tenantId }) => listDefinitions(database, tenantId),
    listTitles: ({ tenantId }) => listTitles(database, tenantId),
    getPackage: (query) => getPackage(definitions, query),
    listIncidents: (query) => listIncidents(database, query),
    listWorkQueues: (query) => listWorkQueues(database, query),
    listWorkTopics: (query) => listWorkTopics(database, query),
    listIncidentGroups: (query) => listIncidentGroups(database, query),
    listWaitingSteps: (query) => listWaitingSteps(database, query),
    listQuietCases: (query) => listQuietCases(database, query),
  };
}

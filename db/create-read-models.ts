import { findCases } from './read/find-cases.ts';
import { getCase, listHistory } from './read/get-case.ts';
import { getPackage, listDefinitions } from './read/get-package.ts';
import { getTask } from './read/get-task.ts';
import { listIncidents } from './read/list-incidents.ts';
import { listTasks } from './read/list-tasks.ts';
import type { ReadContext } from './read/read-context.ts';
import type { ReadModels } from './read-models.ts';

/** What screens read, from PostgreSQL, one hospital at a time. */
export function createReadModels(context: ReadContext): ReadModels {
  return {
    listTasks: (query) => listTasks(context, query),
    getTask: (query) => getTask(context, query),
    getCase: (query) => getCase(context, query),
    findCases: (query) => findCases(context, query),
    listHistory: (query) => listHistory(context, query),
    listDefinitions: (query) => listDefinitions(context, query),
    getPackage: (query) => getPackage(context, query),
    listIncidents: (query) => listIncidents(context, query),
  };
}

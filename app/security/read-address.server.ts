import { problem } from '../problem.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const longestTaskId = 200;

/**
 * The case's id of an address.
 * @throws a 404 answer when it cannot be one, before it reaches the database
 */
export function readCaseId(params: Readonly<Record<string, string | undefined>>): string {
  const { caseId = '' } = params;
  if (!uuid.test(caseId)) throw problem({ status: 404, code: 'rejections:case-not-found' });
  return caseId;
}

/**
 * Case and task of an address.
 * @throws a 404 answer when they cannot be ids
 */
export function readAddress(params: Readonly<Record<string, string | undefined>>): { caseId: string; taskId: string } {
  const { taskId = '' } = params;
  if (taskId === '' || taskId.length > longestTaskId || taskId.includes('\0')) {
    throw problem({ status: 404, code: 'rejections:task-not-found' });
  }
  return { caseId: readCaseId(params), taskId };
}

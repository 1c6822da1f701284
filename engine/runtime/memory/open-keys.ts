import type { Commit } from '../commit.ts';
import { correlateJob } from '../job-keys.ts';
import { addJob, type OpenKeyRow, rowKey, type Tables } from './tables.ts';

/** Key of the row of a key an open case holds. */
export function openKey({ tenantId, processKey, processId, correlationKey }: Omit<OpenKeyRow, 'caseId'>): string {
  return rowKey(tenantId, correlationKey, processKey, processId);
}

/** Whether the case may not begin because another open one holds its key. */
export function isKeyHeld(tables: Tables, commit: Commit): boolean {
  const row = rowOf(commit);
  return row !== undefined && commit.holds?.ifFree === false && tables.openKeys.has(openKey(row));
}

/** The case takes its key; one that has ended frees it, and the messages that waited for the key are matched again. */
export function writeOpenKeys(tables: Tables, commit: Commit): void {
  const row = rowOf(commit);
  if (row && !tables.openKeys.has(openKey(row))) tables.openKeys.set(openKey(row), row);
  if (commit.case.status === 'ended')
    for (const [key, held] of tables.openKeys)
      if (held.tenantId === commit.tenantId && held.caseId === commit.caseId) {
        tables.openKeys.delete(key);
        matchAgain(tables, held, commit.case.at);
      }
}

function rowOf({ tenantId, caseId, case: { definition }, holds }: Commit): OpenKeyRow | undefined {
  if (!holds) return undefined;
  const { processId, correlationKey } = holds;
  return { tenantId, caseId, processKey: definition.key, processId, correlationKey };
}

function matchAgain(
  tables: Tables,
  { tenantId, caseId, processKey, processId, correlationKey }: OpenKeyRow,
  at: string,
) {
  const starts = tables.definitions.get(rowKey(tenantId, processKey))?.at(-1)?.starts ?? [];
  const names = new Set(starts.filter((start) => start.processId === processId).map(({ messageName }) => messageName));
  for (const messageName of names) {
    const isWaiting = [...tables.messages.values()].some(
      ({ message, status }) =>
        status === 'waiting' &&
        message.tenantId === tenantId &&
        message.messageName === messageName &&
        message.correlationKey === correlationKey,
    );
    if (isWaiting)
      addJob(tables, tenantId, correlateJob(`freed:${caseId}:${messageName}`, { messageName, correlationKey }, at));
  }
}

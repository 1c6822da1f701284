import type { JsonObject, TaskRecord } from '../../engine/index.ts';

/** JSON our own commits wrote. */
export function readObject(text: string | null): JsonObject | undefined {
  if (text === null) return undefined;
  const value: JsonObject = JSON.parse(text);
  return value;
}

/** A task row's record, with the one who holds it now. */
export function readTask(record: string, assignee: string | null): TaskRecord {
  const { assignee: _opened, ...task }: TaskRecord = JSON.parse(record);
  return assignee === null ? task : { ...task, assignee };
}

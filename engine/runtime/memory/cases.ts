import type { Commit, CommitOutcome } from '../commit.ts';
import { correlateJob } from '../job-keys.ts';
import type { CaseStore, PublishedMessage } from '../ports.ts';
import { isKeyHeld, writeOpenKeys } from './open-keys.ts';
import { addJob, type CaseRecord, rowKey, type Tables } from './tables.ts';

/** Cases and history in memory: the reference the PostgreSQL adapter is held against. */
export function createMemoryCases(tables: Tables): CaseStore {
  return {
    async load({ tenantId, caseId, request }) {
      const found = tables.cases.get(rowKey(tenantId, caseId));
      const answer = request && tables.answers.get(rowKey(tenantId, request.actorId, request.key));
      return { ...(found && { case: found }), ...(answer && { answer }) };
    },
    async commit(commit) {
      const refusal = findRefusal(tables, commit);
      if (refusal) return refusal;
      writeCase(tables, commit);
      writeTasks(tables, commit);
      writeWaiting(tables, commit);
      // Work for the messages of a commit comes before its other work, as in the database.
      for (const message of commit.messages) writeMessage(tables, message);
      writeJobs(tables, commit);
      writeOpenKeys(tables, commit);
      return 'committed';
    },
    async entries({ tenantId, caseId, fromSeq = 1, toSeq = Number.MAX_SAFE_INTEGER }) {
      const all = tables.entries.get(rowKey(tenantId, caseId)) ?? [];
      return all.filter((entry) => entry.header.seq >= fromSeq && entry.header.seq <= toSeq);
    },
  };
}

function findRefusal(tables: Tables, commit: Commit): CommitOutcome | undefined {
  const { tenantId, answers, uses } = commit;
  const version = tables.cases.get(rowKey(tenantId, commit.caseId))?.version ?? 0;
  if (answers && tables.answers.has(rowKey(tenantId, answers.actorId, answers.key))) return 'already-answered';
  if (version !== commit.expectedVersion) return 'conflict';
  if (uses && tables.jobs.get(rowKey(uses.tenantId, uses.jobKey))?.lease?.token !== uses.leaseToken) return 'job-lost';
  return isKeyHeld(tables, commit) ? 'key-held' : undefined;
}

function writeCase(tables: Tables, { tenantId, caseId, expectedVersion, case: change, entry, answers }: Commit): void {
  const key = rowKey(tenantId, caseId);
  const before = tables.cases.get(key);
  const wrappedKey = before?.wrappedKey ?? change.wrappedKey;
  if (wrappedKey === undefined)
    throw new Error('Expected a wrapped case key with the first commit, but there was none');
  const after: CaseRecord = {
    tenantId,
    caseId,
    version: expectedVersion + 1,
    definition: change.definition,
    state: change.state,
    lastAt: change.at,
    lastHash: entry.hash,
    wrappedKey,
    status: change.status,
    outcome: change.outcome,
    businessKey: change.businessKey ?? before?.businessKey,
    patientId: change.patientId ?? before?.patientId,
    patient: change.patient ?? before?.patient,
  };
  tables.cases.set(key, after);
  tables.entries.set(key, [...(tables.entries.get(key) ?? []), entry]);
  if (answers)
    tables.answers.set(rowKey(tenantId, answers.actorId, answers.key), { hash: answers.hash, answer: answers.answer });
}

function writeTasks(tables: Tables, { tenantId, caseId, tasks }: Commit): void {
  const row = (taskId: string) => {
    const found = tables.tasks.get(rowKey(tenantId, caseId, taskId));
    if (!found) throw new Error(`Expected a row for task ${taskId}, but there is none`);
    return found;
  };
  for (const task of tasks.open)
    tables.tasks.set(rowKey(tenantId, caseId, task.taskId), { caseId, task, status: 'open' });
  for (const { taskId, by } of tasks.claim) row(taskId).task = { ...row(taskId).task, assignee: by };
  for (const taskId of tasks.release) row(taskId).task = { ...row(taskId).task, assignee: undefined };
  for (const { taskId, outcome, by } of tasks.close) Object.assign(row(taskId), { status: outcome, closedBy: by });
}

function writeJobs(tables: Tables, { tenantId, jobs, uses }: Commit): void {
  if (uses) tables.jobs.delete(rowKey(uses.tenantId, uses.jobKey));
  for (const jobKey of jobs.remove) tables.jobs.delete(rowKey(tenantId, jobKey));
  for (const job of jobs.add) addJob(tables, tenantId, job);
}

function writeWaiting(tables: Tables, { tenantId, caseId, subscriptions, incidents }: Commit): void {
  for (const id of subscriptions.remove) tables.subscriptions.delete(rowKey(tenantId, caseId, id));
  for (const subscription of subscriptions.add)
    tables.subscriptions.set(rowKey(tenantId, caseId, subscription.subscriptionId), { tenantId, caseId, subscription });
  for (const id of incidents.resolve) tables.incidents.delete(rowKey(tenantId, caseId, id));
  for (const incident of incidents.raise)
    tables.incidents.set(rowKey(tenantId, caseId, incident.incidentId), { caseId, incident });
}

/** Stores a message with the job that matches it. Returns false for a message id already known. */
export function writeMessage(tables: Tables, message: PublishedMessage): boolean {
  const key = rowKey(message.tenantId, message.messageId);
  if (tables.messages.has(key)) return false;
  tables.messages.set(key, { message, status: 'waiting', receivers: new Set() });
  addJob(tables, message.tenantId, correlateJob(`message:${message.messageId}`, message, message.publishedAt));
  return true;
}

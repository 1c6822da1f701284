import type { Commit, JobWork, PublishedMessage, TaskRecord } from '../../engine/index.ts';
import { correlateJob } from '../../engine/index.ts';

type Row = Readonly<Record<string, unknown>>;

/** A Commit as the argument of `commit_case`: names of columns, and every JSON that must keep its bytes as a string. */
export function toCommitRow(commit: Commit): Row {
  const { tenantId, caseId, expectedVersion, entry, answers, uses, holds } = commit;
  return {
    ...{ tenantId, caseId, expectedVersion },
    case: caseRow(commit),
    entry: {
      header: JSON.stringify(entry.header),
      sealed_values: JSON.stringify(entry.values),
      values_root: entry.valuesRoot,
      previous_hash: entry.previousHash,
      hash: entry.hash,
    },
    tasks: taskRows(commit),
    ...list('actors', commit.actors, ({ elementId, actorId }) => ({ element_id: elementId, actor_id: actorId })),
    ...list('subscribe', commit.subscriptions.add, (one) => ({
      subscription_id: one.subscriptionId,
      element_id: one.elementId,
      message_name: one.messageName,
      correlation_key: one.correlationKey,
    })),
    ...list('unsubscribe', commit.subscriptions.remove, (id) => id),
    ...list('raise', commit.incidents.raise, (incident) => ({
      incident_id: incident.incidentId,
      element_id: incident.elementId,
      code: incident.code,
      record: JSON.stringify(incident),
      raised_at: incident.raisedAt,
    })),
    ...list('resolve', commit.incidents.resolve, (id) => id),
    ...list('add_jobs', commit.jobs.add, toJobRow),
    ...list('remove_jobs', commit.jobs.remove, (key) => key),
    ...list('messages', commit.messages, toMessageRow),
    ...(holds && {
      holds: { process_id: holds.processId, correlation_key: holds.correlationKey, if_free: holds.ifFree },
    }),
    ...(uses && { uses: { job_key: uses.jobKey, lease_token: uses.leaseToken } }),
    ...(answers && {
      answers: {
        actor_id: answers.actorId,
        request_key: answers.key,
        request_hash: answers.hash,
        answer: answers.answer,
      },
    }),
  };
}

/** A row of work as `add_jobs` takes it. */
export function toJobRow(job: {
  readonly jobKey: string;
  readonly caseId?: string;
  readonly dueAt: string;
  readonly work: JobWork;
}): Row {
  const { jobKey, caseId, dueAt, work } = job;
  return { job_key: jobKey, case_id: caseId ?? null, kind: work.kind, work: JSON.stringify(work), due_at: dueAt };
}

/** A message with the row that matches it, as `add_message` takes it. */
export function toMessageRow(message: PublishedMessage): Row {
  return {
    message_id: message.messageId,
    message_name: message.messageName,
    correlation_key: message.correlationKey,
    payload: JSON.stringify(message.payload),
    source: message.source,
    published_at: message.publishedAt,
    expires_at: message.expiresAt,
    job: toJobRow(correlateJob(`message:${message.messageId}`, message, message.publishedAt)),
  };
}

function caseRow({ case: change, entry }: Commit): Row {
  const { definition, patient } = change;
  const name = patient?.name;
  return {
    process_key: definition.key,
    definition_version: definition.version,
    definition_hash: definition.hash,
    status: change.status,
    outcome: change.outcome,
    state: change.state,
    at: change.at,
    last_hash: entry.hash,
    wrapped_key: change.wrappedKey,
    business_key: change.businessKey,
    patient_id: change.patientId,
    patient: patient && JSON.stringify(patient),
    patient_name: typeof name === 'string' ? name : undefined,
  };
}

function taskRows({ tasks }: Commit): Row {
  return {
    ...list('open', tasks.open, openTaskRow),
    ...list('claim', tasks.claim, ({ taskId, by }) => ({ task_id: taskId, by })),
    ...list('release', tasks.release, (taskId) => taskId),
    ...list('close', tasks.close, ({ taskId, outcome, by }) => ({ task_id: taskId, outcome, by })),
  };
}

function openTaskRow(task: TaskRecord): Row {
  const { roles, persons = [] } = task.eligibility;
  return {
    task_id: task.taskId,
    element_id: task.elementId,
    name: task.name,
    record: JSON.stringify(task),
    assignee: task.assignee,
    priority: task.priority,
    created_at: task.createdAt,
    due_at: task.dueAt,
    // Persons are found by nobody's role: the row is looked at for everybody, and eligibility decides.
    roles: roles.length > 0 && persons.length === 0 ? roles : ['*'],
  };
}

/** Empty lists are left out: the function skips their statements. */
function list<T>(name: string, items: readonly T[], toRow: (item: T) => unknown): Row {
  return items.length > 0 ? { [name]: items.map(toRow) } : {};
}

import type { Commit, NewJob, PublishedMessage, TaskRecord } from '../../engine/index.ts';
import { causeIn, correlateJob, headerText } from '../../engine/index.ts';
import { joinedTexts } from './joined-texts.ts';

type Row = Readonly<Record<string, unknown>>;

/** The arguments of `commit_batch` for commits of one hospital. */
export type CommitBatch = {
  /** Rows by table, names of columns. Lists that are empty are left out: the function skips their statements. */
  readonly lists: Row;
  /** The long texts of `rows` and of `open`, in their order: UTF-8. */
  readonly states: Uint8Array;
  readonly headers: Uint8Array;
  readonly sealed: Uint8Array;
  readonly records: Uint8Array;
};

/** Parts long texts. They are JSON, which has this character only escaped; so they need not be written as text within JSON. */
const PARTING = 0x1f;

/** Commits of one hospital as the arguments of `commit_batch`. JSON that must keep its bytes goes as text. */
export function toBatch(tenantId: string, commits: readonly Commit[]): CommitBatch {
  const texts = (of: (commit: Commit) => string) => joinedTexts(commits.map(of), PARTING);
  return {
    lists: listsOf(tenantId, commits),
    states: texts((commit) => commit.case.state),
    headers: texts(({ entry }) => headerText(entry.header)),
    sealed: texts(({ entry }) => JSON.stringify(entry.values)),
    records: joinedTexts(
      commits.flatMap(({ tasks }) => tasks.open.map((task) => JSON.stringify(task))),
      PARTING,
    ),
  };
}

function listsOf(tenantId: string, commits: readonly Commit[]): Row {
  const numbered = commits.map((commit, index): Numbered => ({ n: index + 1, commit }));
  const lists = {
    rows: numbered.map(caseRow),
    begun: rowsOf(numbered, begunRows),
    uses: rowsOf(numbered, ({ commit: { uses } }) =>
      uses ? [{ job_key: uses.jobKey, lease_token: uses.leaseToken }] : [],
    ),
    holds: rowsOf(numbered, heldRows),
    answers: rowsOf(numbered, answerRows),
    actors: rowsOf(numbered, ({ commit: { caseId, actors } }) =>
      actors.map(({ elementId, actorId }) => ({ case_id: caseId, element_id: elementId, actor_id: actorId })),
    ),
    open: rowsOf(numbered, ({ commit }) => commit.tasks.open.map((task) => openTaskRow(commit, task))),
    assign: rowsOf(numbered, assignedRows),
    close: rowsOf(numbered, closedRows),
    remove_jobs: rowsOf(numbered, ({ commit: { jobs } }) => jobs.remove.map((key) => ({ job_key: key }))),
    add_jobs: rowsOf(numbered, ({ commit: { jobs } }) => jobs.add.map(toJobRow)),
    rest: rowsOf(numbered, restRows),
  };
  return { tenantId, ...Object.fromEntries(Object.entries(lists).filter(([, rows]) => rows.length > 0)) };
}

/** A commit with its number in the batch. */
type Numbered = { readonly n: number; readonly commit: Commit };

function rowsOf(commits: readonly Numbered[], toRows: (numbered: Numbered) => readonly Row[]): readonly Row[] {
  return commits.flatMap((numbered) => toRows(numbered).map((row) => ({ n: numbered.n, ...row })));
}

/** A row of work as `add_jobs` takes it. Its cause stands beside the work, where a node that knows nothing of traces leaves it alone. */
export function toJobRow(job: NewJob): Row {
  const { jobKey, caseId, dueAt, work } = job;
  const text = JSON.stringify({ ...work, ...causeIn(job) });
  return { job_key: jobKey, case_id: caseId ?? null, kind: work.kind, work: text, due_at: dueAt };
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
    cause: causeIn(message),
    job: toJobRow(correlateJob(`message:${message.messageId}`, message, message.publishedAt)),
  };
}

function caseRow({ n, commit: { caseId, expectedVersion, case: change, entry } }: Numbered): Row {
  const { definition, patient } = change;
  const name = patient?.name;
  return {
    ...{ n, case_id: caseId, expected: expectedVersion, at: change.at },
    process_key: definition.key,
    definition_version: definition.version,
    definition_hash: definition.hash,
    status: change.status,
    outcome: change.outcome,
    business_key: change.businessKey,
    patient_id: change.patientId,
    patient: patient && JSON.stringify(patient),
    patient_name: typeof name === 'string' ? name : undefined,
    values_root: entry.valuesRoot,
    previous_hash: entry.previousHash,
    hash: entry.hash,
  };
}

function begunRows({ commit: { caseId, expectedVersion, case: change } }: Numbered): readonly Row[] {
  return expectedVersion === 0 ? [{ case_id: caseId, wrapped_key: change.wrappedKey }] : [];
}

function heldRows({ commit: { caseId, case: change, holds } }: Numbered): readonly Row[] {
  if (!holds) return [];
  const { processId, correlationKey, ifFree } = holds;
  const key = { correlation_key: correlationKey, process_key: change.definition.key, process_id: processId };
  return [{ case_id: caseId, ...key, if_free: ifFree }];
}

function answerRows({ commit: { answers, case: change } }: Numbered): readonly Row[] {
  if (!answers) return [];
  const { actorId, key, hash, answer } = answers;
  return [{ actor_id: actorId, request_key: key, request_hash: hash, answer, at: change.at }];
}

function openTaskRow({ caseId, case: change }: Commit, task: TaskRecord): Row {
  const { roles, persons = [], department = '' } = task.eligibility;
  return {
    case_id: caseId,
    task_id: task.taskId,
    process_key: change.definition.key,
    element_id: task.elementId,
    name: task.name,
    department,
    assignee: task.assignee,
    priority: task.priority,
    created_at: task.createdAt,
    due_at: task.dueAt,
    // Persons are found by nobody's role: the row is looked at for everybody, and eligibility decides.
    roles: roles.length > 0 && persons.length === 0 ? roles : ['*'],
  };
}

function assignedRows({ commit: { caseId, tasks } }: Numbered): readonly Row[] {
  return [
    ...tasks.claim.map(({ taskId, by }) => ({ case_id: caseId, task_id: taskId, assignee: by })),
    ...tasks.release.map((taskId) => ({ case_id: caseId, task_id: taskId, assignee: null })),
  ];
}

function closedRows({ commit: { caseId, tasks, case: change } }: Numbered): readonly Row[] {
  return tasks.close.map(({ taskId, outcome, by }) => ({
    case_id: caseId,
    task_id: taskId,
    outcome,
    by,
    at: change.at,
  }));
}

/** What few commits have: `commit_waits` writes it case by case. */
function restRows({ commit }: Numbered): readonly Row[] {
  const { subscriptions, incidents, messages, case: change, caseId } = commit;
  const rest = {
    ...list('subscribe', subscriptions.add, (one) => ({
      subscription_id: one.subscriptionId,
      element_id: one.elementId,
      message_name: one.messageName,
      correlation_key: one.correlationKey,
    })),
    ...list('unsubscribe', subscriptions.remove, (id) => id),
    ...list('raise', incidents.raise, (incident) => ({
      incident_id: incident.incidentId,
      element_id: incident.elementId,
      code: incident.code,
      record: JSON.stringify(incident),
      raised_at: incident.raisedAt,
    })),
    ...list('resolve', incidents.resolve, (id) => id),
    ...list('messages', messages, toMessageRow),
  };
  const isEnding = change.status === 'ended';
  if (Object.keys(rest).length === 0 && !isEnding) return [];
  return [{ case_id: caseId, rest: { ...rest, case: { status: change.status, at: change.at } } }];
}

function list<T>(name: string, items: readonly T[], toRow: (item: T) => unknown): Row {
  return items.length > 0 ? { [name]: items.map(toRow) } : {};
}

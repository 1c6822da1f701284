import postgres from 'postgres';
import { z } from 'zod';
import type { Database } from '../../db/connect.ts';
import { toInstant } from '../../db/schema/columns.ts';
import { toBatch, toJobRow, toMessageRow } from '../../db/stores/commit-row.ts';
import { createPostgresStores } from '../../db/stores.ts';
import {
  type Commit,
  type CommitOutcome,
  isBroadcast,
  type JobWork,
  type LeasedJob,
  type PublishedMessage,
  type StoredCase,
  type Stores,
} from '../../engine/index.ts';

/** What nodes of earlier versions call, which stays in the database for them. Their statements as they were; rows in the form they had. */
export const olderVersions = {
  'one that commits case by case': storesBeforeBatches,
  'one that commits by the first batches': storesBeforeThePlainPlans,
} as const;

/** A message and work as an older node writes them: it knows of no causes. */
function withoutCause(commit: Commit): Commit {
  const bare = <R extends object>(row: R) => ({ ...row, trace: undefined, link: undefined });
  const add = commit.jobs.add.map(bare);
  return { ...commit, jobs: { ...commit.jobs, add }, messages: commit.messages.map(bare) };
}

function messageRow(message: PublishedMessage): object {
  const { cause: _, ...row } = toMessageRow(message);
  return row;
}

/** Before migration 0016: `commit_cases`, with the long texts in the rows. */
function storesBeforeThePlainPlans(database: Database): Stores {
  const stores = createPostgresStores(database);
  return {
    ...stores,
    cases: {
      ...stores.cases,
      async commit(commit) {
        const { lists, states, headers, sealed, records } = toBatch(commit.tenantId, [withoutCause(commit)]);
        const { rows, open, rest } = rowsIn.parse(lists);
        const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();
        const texts = text(records).split('\u001f');
        const batch = JSON.stringify({
          ...lists,
          cases: [{ n: 1, case_id: commit.caseId, expected: commit.expectedVersion }],
          rows: rows.map((row) => ({
            ...row,
            state: text(states),
            header: text(headers),
            sealed_values: text(sealed),
          })),
          ...(open && { open: open.map((row, n) => ({ ...row, record: texts[n] })) }),
          ...(rest && { rest: rest.map((row) => ({ ...row, rest: olderRest(row.rest, commit) })) }),
        });
        const [row] = await database.send((raw) => raw`select commit_cases(${batch}::text::jsonb, true) as outcomes`);
        const [outcome = 'conflict'] = outcomes.parse(row?.outcomes);
        return outcome;
      },
    },
  };
}

const outcomes = z.array(z.enum(['committed', 'conflict', 'job-lost', 'already-answered', 'key-held']));
const row = z.record(z.string(), z.unknown());
const rowsIn = z.object({
  rows: z.array(row),
  open: z.array(row).optional(),
  rest: z.array(row.and(z.object({ rest: row }))).optional(),
});

function olderRest(rest: z.infer<typeof row>, { messages }: Commit): object {
  return messages.length > 0 ? { ...rest, messages: messages.map(messageRow) } : rest;
}

/** Before migration 0006: `commit_case`, `load_case`, `lease_jobs`, and rows of work changed by statements of the node's own. */
function storesBeforeBatches(database: Database): Stores {
  const stores = createPostgresStores(database);
  return {
    ...stores,
    cases: {
      ...stores.cases,
      async load({ tenantId, caseId, request }) {
        const [found] = await database.send(
          (raw) => raw`
            select * from load_case(${tenantId}::uuid, ${caseId}::uuid, ${request?.actorId ?? null}::text, ${request?.key ?? null}::text)`,
        );
        const stored = loadedCase.safeParse(found);
        const answer = loadedAnswer.safeParse(found);
        return {
          ...(stored.success && { case: toStoredCase(tenantId, caseId, stored.data) }),
          ...(answer.success && { answer: { hash: answer.data.request_hash, answer: answer.data.answer } }),
        };
      },
      commit: (commit) => commitCase(database, commit),
    },
    jobs: {
      ...stores.jobs,
      // It knew no topics: it takes what is due first.
      async lease({ at, limit, leaseSeconds }) {
        const leased = await database.send(
          (raw) =>
            raw`select * from lease_jobs(${at}::timestamptz, ${limit}::integer, ${leaseSeconds}::double precision)`,
        );
        return leased.map(toLeased);
      },
      postpone: ({ tenantId, jobKey, leaseToken }, dueAt, known) =>
        inTenant(
          database,
          tenantId,
          (tx) => tx`
            update jobs set due_at = ${dueAt}::timestamptz, run_at = ${dueAt}::timestamptz, outcome_known = ${known}, lease_token = null
             where tenant_id = ${tenantId}::uuid and job_key = ${jobKey} and lease_token = ${leaseToken}::uuid`,
        ),
      drop: ({ tenantId, jobKey, leaseToken }) =>
        inTenant(
          database,
          tenantId,
          (tx) => tx`
            delete from jobs where tenant_id = ${tenantId}::uuid and job_key = ${jobKey} and lease_token = ${leaseToken}::uuid`,
        ),
    },
    messages: {
      ...stores.messages,
      async correlate({ tenantId, messageName, correlationKey, at }) {
        const [found] = await database.send(
          (raw) => raw`
            select correlate_messages(${tenantId}::uuid, ${messageName}::text, ${correlationKey}::text, ${at}::timestamptz,
                                      ${isBroadcast(messageName)}::boolean) as made`,
        );
        return z.object({ made: z.number() }).parse(found).made;
      },
    },
  };
}

const loadedCase = z.object({
  version: z.number(),
  process_key: z.string(),
  definition_version: z.number(),
  definition_hash: z.string(),
  state: z.string(),
  last_at: z.date(),
  last_hash: z.string(),
  wrapped_key: z.string(),
});
const loadedAnswer = z.object({ request_hash: z.string(), answer: z.string() });

function toStoredCase(tenantId: string, caseId: string, found: z.infer<typeof loadedCase>): StoredCase {
  return {
    ...{ tenantId, caseId, version: found.version, state: found.state },
    definition: { key: found.process_key, version: found.definition_version, hash: found.definition_hash },
    ...{ lastAt: toInstant(found.last_at), lastHash: found.last_hash, wrappedKey: found.wrapped_key },
  };
}

const leasedRow = z.object({
  tenant_id: z.string(),
  job_key: z.string(),
  case_id: z.string().nullable(),
  work: z.string(),
  due_at: z.date(),
  lease_token: z.string(),
  attempt: z.number(),
  outcome_known: z.boolean(),
});

function toLeased(found: unknown): LeasedJob {
  const job = leasedRow.parse(found);
  // What it does not know stays in the work, as it did.
  const work: JobWork = JSON.parse(job.work);
  return {
    ...{
      tenantId: job.tenant_id,
      jobKey: job.job_key,
      work,
      dueAt: toInstant(job.due_at),
      leaseToken: job.lease_token,
    },
    ...{ attempt: job.attempt, outcomeKnown: job.outcome_known },
    ...(job.case_id !== null && { caseId: job.case_id }),
  };
}

async function inTenant(
  database: Database,
  tenantId: string,
  statement: (tx: postgres.TransactionSql) => PromiseLike<unknown>,
): Promise<void> {
  await database.send((raw) =>
    raw.begin(async (tx) => {
      await tx`select set_config('app.tenant', ${tenantId}, true)`;
      await statement(tx);
    }),
  );
}

/** SQLSTATEs raised by `commit_case`. */
const refusals: Readonly<Record<string, CommitOutcome>> = {
  MJ001: 'job-lost',
  MA001: 'already-answered',
  MK001: 'key-held',
};

async function commitCase(database: Database, commit: Commit): Promise<CommitOutcome> {
  const row = JSON.stringify(commitRow(withoutCause(commit)));
  return database.send(async (raw) => {
    try {
      const [result] = await raw`select commit_case(${row}::text::jsonb) as outcome`;
      return z.enum(['committed', 'conflict']).parse(result?.outcome);
    } catch (error) {
      const outcome = error instanceof postgres.PostgresError ? refusals[error.code] : undefined;
      if (outcome) return outcome;
      throw error;
    }
  });
}

/** The argument of `commit_case`. */
function commitRow(commit: Commit): object {
  const { tenantId, caseId, expectedVersion, entry, answers, uses, holds } = commit;
  return {
    ...{ tenantId, caseId, expectedVersion, case: caseRow(commit), tasks: taskRows(commit) },
    entry: {
      ...{ header: JSON.stringify(entry.header), sealed_values: JSON.stringify(entry.values) },
      ...{ values_root: entry.valuesRoot, previous_hash: entry.previousHash, hash: entry.hash },
    },
    ...list('actors', commit.actors, ({ elementId, actorId }) => ({ element_id: elementId, actor_id: actorId })),
    ...list('subscribe', commit.subscriptions.add, (one) => ({
      ...{ subscription_id: one.subscriptionId, element_id: one.elementId },
      ...{ message_name: one.messageName, correlation_key: one.correlationKey },
    })),
    ...list('unsubscribe', commit.subscriptions.remove, (id) => id),
    ...list('raise', commit.incidents.raise, (incident) => ({
      ...{ incident_id: incident.incidentId, element_id: incident.elementId, code: incident.code },
      ...{ record: JSON.stringify(incident), raised_at: incident.raisedAt },
    })),
    ...list('resolve', commit.incidents.resolve, (id) => id),
    ...list('add_jobs', commit.jobs.add, toJobRow),
    ...list('remove_jobs', commit.jobs.remove, (key) => key),
    ...list('messages', commit.messages, messageRow),
    ...(holds && {
      holds: { process_id: holds.processId, correlation_key: holds.correlationKey, if_free: holds.ifFree },
    }),
    ...(uses && { uses: { job_key: uses.jobKey, lease_token: uses.leaseToken } }),
    ...(answers && {
      answers: {
        ...{ actor_id: answers.actorId, request_key: answers.key },
        ...{ request_hash: answers.hash, answer: answers.answer },
      },
    }),
  };
}

function caseRow({ case: change, entry }: Commit): object {
  const { definition, patient } = change;
  return {
    ...{ process_key: definition.key, definition_version: definition.version, definition_hash: definition.hash },
    ...{ status: change.status, outcome: change.outcome, state: change.state, at: change.at, last_hash: entry.hash },
    ...{ wrapped_key: change.wrappedKey, business_key: change.businessKey, patient_id: change.patientId },
    ...{ patient: patient && JSON.stringify(patient), patient_name: patient?.name },
  };
}

function taskRows({ tasks }: Commit): object {
  return {
    ...list('open', tasks.open, (task) => ({
      ...{ task_id: task.taskId, element_id: task.elementId, name: task.name, record: JSON.stringify(task) },
      ...{ assignee: task.assignee, priority: task.priority, created_at: task.createdAt, due_at: task.dueAt },
      roles: task.eligibility.roles.length > 0 ? task.eligibility.roles : ['*'],
    })),
    ...list('claim', tasks.claim, ({ taskId, by }) => ({ task_id: taskId, by })),
    ...list('release', tasks.release, (taskId) => taskId),
    ...list('close', tasks.close, ({ taskId, outcome, by }) => ({ task_id: taskId, outcome, by })),
  };
}

function list<T>(name: string, items: readonly T[], toRow: (item: T) => unknown): object {
  return items.length > 0 ? { [name]: items.map(toRow) } : {};
}

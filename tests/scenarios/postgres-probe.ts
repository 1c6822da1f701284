import postgres from 'postgres';
import { z } from 'zod';
import { toInstant } from '../../db/schema/columns.ts';
import { createPostgresStores } from '../../db/stores.ts';
import type { TestDatabase } from '../postgres/test-database.ts';
import { hospital, type StoreProbe } from './world.ts';

/** A PostgreSQL emptied for every scenario, looked into as its owner. */
export type PostgresProbe = { fresh(): Promise<StoreProbe>; close(): Promise<void> };

const tables =
  'cases, case_keys, case_actors, history, tasks, task_candidates, incidents, jobs, subscriptions, messages, message_receipts, answers, definitions, message_starts, open_keys';

/** Opens the probe on a test database. The engine works through the application's login; only the probe is the owner. */
export function openPostgresProbe({ database, ownerUrl }: TestDatabase): PostgresProbe {
  const owner = postgres(ownerUrl, { max: 2, onnotice: () => {} });
  const stores = createPostgresStores(database);
  let now: (() => number) | undefined;
  const probe: StoreProbe = {
    stores: {
      ...stores,
      jobs: {
        ...stores.jobs,
        async lease(request) {
          if (now) await holdLeaseClock(owner, now());
          return stores.jobs.lease(request);
        },
      },
    },
    async cases() {
      const rows =
        await owner`select case_id, process_key, version from cases where tenant_id = ${hospital} order by case_id`;
      const shape = z.object({ case_id: z.string(), process_key: z.string(), version: z.number() });
      return rows
        .map((row) => shape.parse(row))
        .map((row) => ({ caseId: row.case_id, processKey: row.process_key, version: row.version }));
    },
    async rowsOf(caseId) {
      const ids = async (query: postgres.PendingQuery<postgres.Row[]>) =>
        (await query).map((row) => z.object({ id: z.string() }).parse(row).id);
      const jobsOf = (kind: string, prefix: string) =>
        ids(
          owner`select substr(job_key, ${prefix.length + 1}) as id from jobs where case_id = ${caseId} and kind = ${kind}`,
        );
      return {
        tasks: await ids(owner`select task_id as id from tasks where case_id = ${caseId} and status = 'open'`),
        timers: await jobsOf('timer', 'timer:'),
        deliveries: await jobsOf('delivery', 'delivery:'),
        subscriptions: await ids(owner`select subscription_id as id from subscriptions where case_id = ${caseId}`),
        incidents: await ids(owner`select incident_id as id from incidents where case_id = ${caseId}`),
      };
    },
    async due() {
      const shape = z.object({ run_at: z.date(), kind: z.string() });
      const rows = await owner`select run_at, kind from jobs`;
      return rows
        .map((row) => shape.parse(row))
        .map((row) => ({ dueAt: toInstant(row.run_at), timer: row.kind === 'timer' }));
    },
    keepTime(clock) {
      now = clock;
    },
  };
  return {
    async fresh() {
      await owner.unsafe(`truncate ${tables}`);
      return probe;
    },
    close: () => owner.end(),
  };
}

/** Lets leases of this database run out by a time that is set, not by its own clock. */
async function holdLeaseClock(owner: postgres.Sql, milliseconds: number): Promise<void> {
  const at = new Date(milliseconds).toISOString();
  await owner.unsafe(
    `create or replace function lease_clock() returns timestamptz language sql volatile as $$ select '${at}'::timestamptz $$`,
  );
}

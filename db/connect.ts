import { sql as drizzleSql } from 'drizzle-orm';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { StoreFailure } from '../engine/index.ts';
import { createRenewableClient } from './renewable-client.ts';
import * as schema from './schema/index.ts';
import { CROWDED } from './store-failures.ts';

/** Queries by drizzle, typed by the whole schema. */
export type Queries = PostgresJsDatabase<typeof schema>;

/** A transaction's queries. */
export type TenantQueries = Parameters<Parameters<Queries['transaction']>[0]>[0];

/**
 * A connected database. Two clients, because drizzle changes the serializers of the one it is given: a raw one for the commit path, and one for
 * lists and pages.
 */
export type Database = {
  readonly raw: postgres.Sql;
  readonly queries: Queries;
  /** Connections of each of the two clients. */
  readonly maxConnections: number;
  /** Sends a statement by the raw client; gives its answer in time, or fails with a `StoreFailure` that says what that means. */
  send<T>(statement: (raw: postgres.Sql) => PromiseLike<T>): Promise<T>;
  /**
   * Runs queries that see one hospital's rows and no other's (row-level security), in one transaction. Fails with a `StoreFailure` like `send`;
   * where too many wait already it fails at once.
   */
  inTenant<T>(tenantId: string, work: (queries: TenantQueries) => Promise<T>): Promise<T>;
  close(): Promise<void>;
};

/** How to connect. `role` is taken on at the start of every session: an owner's login then works with the application's rights only. */
export type DatabaseOptions = {
  readonly url: string;
  readonly role?: string;
  readonly maxConnections?: number;
  /** Milliseconds after which `send` gives up. */
  readonly deadline?: number;
  /** Milliseconds after which `inTenant` gives up. */
  readonly readingDeadline?: number;
  /** How many may be in `inTenant` at once, at work or waiting for a connection. */
  readonly mostReaders?: number;
};

/** Role that may read and write rows but owns nothing. */
export const appRole = 'meridian_app';

/**
 * What a session waits for at most, in milliseconds: a row somebody holds, a statement, a transaction that does nothing. All of them end before the
 * caller gives up, so that a slow server says so itself and nothing is left running.
 */
const limits = { lock_timeout: 2_000, statement_timeout: 8_000, idle_in_transaction_session_timeout: 30_000 };

/** Lists and reports read more, and nobody queues behind them. */
const readingLimits = { ...limits, statement_timeout: 30_000 };

/** Milliseconds after which a statement of the commit path is given up, whatever the server or the network does. */
const CALL_DEADLINE = 10_000;

/** Milliseconds after which lists and reports are given up: longer than a statement of theirs may take. */
const READING_DEADLINE = 35_000;

/** What ten connections read in less than a second or two; who comes on top is sent away to come again, before everybody waits. */
const MOST_READERS = 2_000;

/** Connects lazily: nothing is sent until the first query. */
export function openDatabase({
  url,
  role,
  maxConnections = 10,
  deadline = CALL_DEADLINE,
  readingDeadline = READING_DEADLINE,
  mostReaders = MOST_READERS,
}: DatabaseOptions): Database {
  const options = {
    max: maxConnections,
    // Longer than a call waits: a node that is held up for a moment must not take that for a server that is away.
    connect_timeout: 20,
    // The default waits up to 20 s between attempts, long after a restarted server is back.
    backoff: () => 0.2,
    onnotice: () => {},
  };
  const session = { application_name: 'meridian', TimeZone: 'UTC', ...(role && { role }) };
  const raw = createRenewableClient(() => {
    const client = postgres(url, { ...options, connection: { ...session, ...limits } });
    return { client, value: client };
  }, deadline);
  const reading = createRenewableClient(() => {
    const client = postgres(url, { ...options, connection: { ...session, ...readingLimits } });
    return { client, value: drizzle(client, { schema }) };
  }, readingDeadline);
  const admit = admitAtMost(mostReaders);
  return {
    get raw() {
      return raw.current();
    },
    get queries() {
      return reading.current();
    },
    maxConnections,
    send: (statement) => raw.call(statement),
    inTenant: (tenantId, work) =>
      admit(() =>
        reading.call((queries) =>
          queries.transaction(async (tx) => {
            await tx.execute(drizzleSql`select set_config('app.tenant', ${tenantId}, true)`);
            return work(tx);
          }),
        ),
      ),
    async close() {
      await Promise.all([raw.close(), reading.close()]);
    },
  };
}

/** Lets so many at work at once, and refuses who comes on top. */
function admitAtMost(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  let inside = 0;
  return async (work) => {
    if (inside >= most) throw new StoreFailure('retry', CROWDED);
    inside += 1;
    try {
      return await work();
    } finally {
      inside -= 1;
    }
  };
}

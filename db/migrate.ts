import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';

const folder = join(import.meta.dirname, 'migrations');
/** Any number, the same on every node: only one of them migrates at a time. */
const lockNumber = 740_215_001;

/**
 * Brings the database up to the newest migration and makes history partitions from last month to three months ahead.
 * Safe on several nodes at once. `ownerUrl` must be a login that may create tables, and roles if `meridian_app` is not there yet.
 */
export async function migrateDatabase(ownerUrl: string, now: Date = new Date()): Promise<void> {
  const client = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  try {
    // Session level, on the one connection: the migrator's transaction must begin after the lock is ours.
    await client`select pg_advisory_lock(${lockNumber})`;
    await migrate(drizzle(client), { migrationsFolder: folder });
    await client`select ensure_history_partitions(${monthsFrom(now, -1)}::timestamptz, ${monthsFrom(now, 3)}::timestamptz)`;
  } finally {
    await client.end({ timeout: 5 });
  }
}

function monthsFrom(now: Date, months: number): string {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months, 1)).toISOString();
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { z } from 'zod';
import { CannotStart } from './cannot-start.ts';

const folder = join(import.meta.dirname, 'migrations');
/** Any number, the same on every node: only one of them migrates at a time. */
const lockNumber = 740_215_001;
const oldestServer = 15;

/**
 * Brings the database up to the newest migration and makes history partitions from last month to three months ahead.
 * Safe on several nodes at once. `ownerUrl` must be a login that may create tables, and roles if `meridian_app` is not there yet.
 * Thrown (`CannotStart`) when a newer Meridian has changed the database, or the server is too old; nothing is changed then.
 */
export async function migrateDatabase(ownerUrl: string, now: Date = new Date()): Promise<void> {
  const client = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  try {
    await requireServer(client);
    // Session level, on the one connection: the migrator's transaction must begin after the lock is ours.
    await client`select pg_advisory_lock(${lockNumber})`;
    await requireKnownSchema(client);
    await migrate(drizzle(client), { migrationsFolder: folder });
    await client`select ensure_history_partitions(${monthsFrom(now, -1)}::timestamptz, ${monthsFrom(now, 3)}::timestamptz)`;
  } finally {
    await client.end({ timeout: 5 });
  }
}

async function requireServer(client: postgres.Sql): Promise<void> {
  const [row] = await client`select current_setting('server_version_num')::int / 10000 as major`;
  const { major } = z.object({ major: z.number() }).parse(row);
  if (major < oldestServer)
    throw new CannotStart(`Expected PostgreSQL ${oldestServer} or later, but the server is version ${major}.`);
}

/** The migrator itself would pass over what it does not know, and work on tables that are no longer as it thinks. */
async function requireKnownSchema(client: postgres.Sql): Promise<void> {
  const [found] = await client`select to_regclass('drizzle.__drizzle_migrations') is not null as migrated`;
  if (!z.object({ migrated: z.boolean() }).parse(found).migrated) return;
  const rows = await client`select created_at::text as at from drizzle.__drizzle_migrations`;
  const known = knownMigrations();
  const unknown = z
    .array(z.object({ at: z.string() }))
    .parse(rows)
    .filter(({ at }) => !known.has(at));
  if (unknown.length > 0)
    throw new CannotStart(
      `Expected a database of this version of Meridian or an older one, but a newer version has changed it (${unknown.length} unknown ` +
        'changes). Start that version, or use another database (setting DATA_DIR or DATABASE_URL). Nothing was changed.',
    );
}

function knownMigrations(): ReadonlySet<string> {
  const journal = z.object({ entries: z.array(z.object({ when: z.number() })) });
  const text = readFileSync(join(folder, 'meta', '_journal.json'), 'utf8');
  return new Set(journal.parse(JSON.parse(text)).entries.map(({ when }) => String(when)));
}

function monthsFrom(now: Date, months: number): string {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months, 1)).toISOString();
}

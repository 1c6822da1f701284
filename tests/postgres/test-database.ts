import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openDatabase } from '../../db/connect.ts';
import { startEmbeddedServer } from '../../db/embedded-server.ts';
import { migrateDatabase } from '../../db/migrate.ts';

/** A migrated PostgreSQL of its own, as the application sees it. */
export type TestDatabase = {
  readonly database: Database;
  readonly ownerUrl: string;
  readonly appUrl: string;
  close(): Promise<void>;
};

/** Starts one; without fsync, since its data are thrown away. `from` is the month of the earliest case (default: now). */
export async function startTestDatabase(from: Date = new Date()): Promise<TestDatabase> {
  const dataDir = mkdtempSync(join(tmpdir(), 'meridian-test-'));
  // Temporary folders are closed to others; the server's user must enter this one.
  chmodSync(dataDir, 0o755);
  const server = await startEmbeddedServer({ dataDir, durable: false });
  await migrateDatabase(server.ownerUrl, from);
  const database = openDatabase({ url: server.appUrl });
  return {
    database,
    ownerUrl: server.ownerUrl,
    appUrl: server.appUrl,
    async close() {
      await database.close();
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { inMemoryDirectory } from '../../../app/hospital/directory.ts';
import { shippedWorkCalendar } from '../../../app/hospital/work-calendar.ts';
import { type Database, openDatabase } from '../../../db/connect.ts';
import { createReadModels } from '../../../db/create-read-models.ts';
import { startEmbeddedServer } from '../../../db/embedded-server.ts';
import { createKeyRing, loadMasterKey } from '../../../db/key-ring.ts';
import { migrateDatabase } from '../../../db/migrate.ts';
import { createPostgresStores } from '../../../db/stores.ts';
import { createEngine, createSystemClock, createSystemRandomness, type Engine } from '../../../engine/index.ts';
import { createFormValidator } from '../../../forms/index.ts';
import { loadShippedPackages } from '../../../processes/index.ts';
import { hospital } from '../../scenarios/world.ts';

/** An embedded PostgreSQL of its own with the shipped flows published, and the engine and read models on it. */
export type GrownDatabase = {
  readonly ownerUrl: string;
  readonly database: Database;
  readonly engine: Engine;
  readonly masterKey: Uint8Array;
  readonly directory: ReturnType<typeof inMemoryDirectory>;
  readonly readModels: ReturnType<typeof createReadModels>;
  /** Vacuums and analyzes, as the server does by itself within the hour. */
  settle(): Promise<void>;
};

/** Starts one, with the durability everybody gets. */
export async function startGrownDatabase(): Promise<GrownDatabase & { close(): Promise<void> }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'meridian-growth-'));
  // The server's user must enter it.
  chmodSync(dataDir, 0o755);
  const { ownerUrl, appUrl, stop } = await startEmbeddedServer({ dataDir });
  await migrateDatabase(ownerUrl);
  const database = openDatabase({ url: appUrl });
  return {
    ...(await openGrown({ ownerUrl, database }, loadMasterKey(dataDir))),
    async close() {
      await database.close();
      await stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Publishes the shipped flows on a migrated database. */
export async function openGrown(
  { ownerUrl, database }: Pick<GrownDatabase, 'ownerUrl' | 'database'>,
  masterKey: Uint8Array,
): Promise<GrownDatabase> {
  const keyRing = createKeyRing(masterKey);
  const clock = createSystemClock();
  const directory = inMemoryDirectory({ roster: 'day' });
  const calendar = shippedWorkCalendar();
  const engine = createEngine({
    ...{ stores: createPostgresStores(database), directory, clock, keyRing, forms: createFormValidator() },
    randomness: createSystemRandomness(),
    connectors: { find: () => undefined },
    calendars: { of: async () => calendar },
  });
  await publishShipped(engine, directory, clock.now());
  return {
    ...{ ownerUrl, database, engine, masterKey, directory },
    readModels: createReadModels({ database, keyRing, directory, clock }),
    async settle() {
      const owner = postgres(ownerUrl, { max: 1, onnotice: () => {} });
      await owner`vacuum (analyze)`;
      await owner`checkpoint`;
      await owner.end();
    },
  };
}

async function publishShipped(engine: Engine, directory: GrownDatabase['directory'], at: string): Promise<void> {
  const [by, approvedBy] = await Promise.all(['po-lu', 'pr-su'].map((id) => directory.person(hospital, id, at)));
  if (!by || !approvedBy) throw new Error('Expected the people who publish, but they are not there');
  for (const { pkg } of await loadShippedPackages()) {
    const published = await engine.publish({ tenantId: hospital, by, pkg, approvedBy });
    if (!published.ok) throw new Error(`${pkg.key}: ${published.rejection.message}`);
  }
}

import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { createInstallationFacts } from '../../app/composition/installation-facts.server.ts';
import { morningFact } from '../../app/composition/play-morning.server.ts';
import { prepareDemo } from '../../app/composition/prepare-demo.server.ts';
import { demoHospital } from '../../app/hospital/departments.ts';
import { postgresDirectory } from '../../app/hospital/postgres-directory.ts';
import { hospitalCalendars } from '../../app/hospital/work-calendar.ts';
import { postgresSessionStore } from '../../app/session/postgres-session-store.server.ts';
import { type Database, openDatabase } from '../../db/connect.ts';
import { createReadModels } from '../../db/create-read-models.ts';
import { startEmbeddedServer } from '../../db/embedded-server.ts';
import { createKeyRing, loadMasterKey } from '../../db/key-ring.ts';
import { migrateDatabase } from '../../db/migrate.ts';
import { createPostgresStores } from '../../db/stores.ts';
import {
  createEngine,
  createSystemClock,
  createSystemRandomness,
  type KeyRing,
  type ProcessPackage,
} from '../../engine/index.ts';
import { createFormValidator } from '../../forms/index.ts';
import { loadShippedPackages } from '../../processes/index.ts';
import { type ServerProcess, startServer } from '../e2e/server-process.ts';

/** The one hospital of an installation. */
export const tenantId = demoHospital.id;

/** Seconds an outside system may be silent here: the work of a killed node is taken over after three times as long. */
const deliveryTimeout = 3;

/** A hospital's database with the demonstration in it, before any node runs. */
export type Installation = {
  readonly database: Database;
  readonly owner: postgres.Sql;
  readonly ownerUrl: string;
  readonly keyRing: KeyRing;
  /** A node of an earlier version, which was there before the database was brought to this one. */
  readonly older?: ServerProcess;
  /** Starts a node as `npm run cluster` does. `url` is where it finds the database, if not where it is. */
  startNode(url?: string): Promise<ServerProcess>;
  close(): Promise<void>;
};

/** How one is set up. */
export type InstallationOptions = {
  /** A flow beside the shipped ones. */
  readonly flow: ProcessPackage;
  /** Whether the database waits for the disk; where nobody stops it, it makes no difference but time. */
  readonly durable: boolean;
  /** Folder with an earlier version of the product, installed and built, of which one node is to run. */
  readonly older?: string | undefined;
  /** Folder the data folder is made in; that for temporary files unless told. */
  readonly within?: string;
};

/** Sets one up in a folder of its own. */
export async function openInstallation({
  flow,
  durable,
  older: olderVersion,
  within = tmpdir(),
}: InstallationOptions): Promise<Installation> {
  const dataDir = mkdtempSync(join(within, 'meridian-chaos-'));
  // Temporary folders are closed to others; the server's user must enter this one.
  chmodSync(dataDir, 0o755);
  const server = await startEmbeddedServer({ dataDir, durable });
  const settingsFor = (url: string) => ({
    ...{ DATA_DIR: dataDir, DATABASE_URL: url, DEMO: 'on-external-database' },
    DELIVERY_TIMEOUT: String(deliveryTimeout),
  });
  const owner = postgres(server.ownerUrl, { max: 3, onnotice: () => {} });
  // By the functions they call it is known which version wrote how much.
  await owner`alter system set track_functions = 'pl'`;
  await owner`select pg_reload_conf()`;
  const older = olderVersion === undefined ? undefined : await startServer(settingsFor(server.ownerUrl), olderVersion);
  await migrateDatabase(server.ownerUrl);
  const database = openDatabase({ url: server.appUrl });
  const keyRing = createKeyRing(loadMasterKey(dataDir));
  await furnish({ database, keyRing, dataDir, flow });
  return {
    ...{ database, owner, ownerUrl: server.ownerUrl, keyRing },
    ...(older && { older }),
    startNode: (url = server.ownerUrl) => startServer(settingsFor(url)),
    async close() {
      await older?.stop();
      await owner.end({ timeout: 5 });
      await database.close();
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** What a first start does, without proving flows sound that are proved elsewhere, and without the demonstration's morning. */
async function furnish(parts: {
  readonly database: Database;
  readonly keyRing: KeyRing;
  readonly dataDir: string;
  readonly flow: ProcessPackage;
}): Promise<void> {
  const { database, keyRing } = parts;
  const clock = createSystemClock();
  const directory = postgresDirectory(database, () => 'day');
  const readModels = createReadModels({ database, keyRing, directory, clock });
  const engine = createEngine({
    ...{ stores: createPostgresStores(database), directory, clock, randomness: createSystemRandomness(), keyRing },
    connectors: { find: () => undefined },
    forms: createFormValidator(),
    calendars: hospitalCalendars(parts.dataDir),
    proveSound: async () => ({ verdict: 'not-decided', findings: [], states: 0, plays: 0 }),
  });
  const facts = createInstallationFacts(database, tenantId);
  const store = postgresSessionStore(database);
  const packages = await loadShippedPackages();
  const silent = () => {};
  await prepareDemo({ tenantId, database, store, packages, engine, readModels, facts, directory, clock, say: silent });
  await facts.write(morningFact, String(Number.MAX_SAFE_INTEGER));
  await publish(engine, directory, parts.flow, clock.now());
}

async function publish(
  engine: ReturnType<typeof createEngine>,
  directory: ReturnType<typeof postgresDirectory>,
  pkg: ProcessPackage,
  at: string,
): Promise<void> {
  const [by, approvedBy] = await Promise.all(['po-lu', 'pr-su'].map((id) => directory.person(tenantId, id, at)));
  if (!by || !approvedBy) throw new Error('Expected po-lu and pr-su among the demo staff, but they are not');
  const published = await engine.publish({ tenantId, by, approvedBy, pkg });
  if (published.ok) return;
  const reasons = published.rejection.fields?.map(({ path, message }) => `${path}: ${message}`) ?? [];
  throw new Error([published.rejection.message, ...reasons].join('\n'));
}

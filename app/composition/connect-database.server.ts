import { appRole, type Database, openDatabase } from '../../db/connect.ts';
import { type EmbeddedStep, findRunningServer, startEmbeddedServer } from '../../db/embedded-server.ts';
import { migrateDatabase } from '../../db/migrate.ts';
import type { Settings } from '../settings.server.ts';
import { explainConnection } from './explain-connection.server.ts';

/** A migrated database, and how to let go of it. */
export type ConnectedDatabase = {
  readonly database: Database;
  /** Login that owns the tables: for migrations, backups and restores only. */
  readonly ownerUrl: string;
  /** Whether no other node can be at work on it: the embedded server is ours, and the data folder is locked for us. */
  readonly alone: boolean;
  close(): Promise<void>;
};

const steps: Readonly<Record<EmbeddedStep, string>> = {
  initialise: 'Setting up the database (first start only) …',
  start: 'Starting the database …',
  adopt: 'Taking over the database left running by the last start …',
  'create-database': 'Creating the tables …',
};

/** The database for a command that works on it beside a running Meridian, or without one. */
export async function connectBeside(settings: Settings, say: (line: string) => void): Promise<ConnectedDatabase> {
  const running = settings.database.kind === 'embedded' ? findRunningServer(settings.dataDir) : undefined;
  if (!running) return connectDatabase(settings, say);
  const database = openDatabase({ url: running.appUrl });
  return { database, ownerUrl: running.ownerUrl, alone: false, close: () => database.close() };
}

/** Starts or finds the database the settings name and brings it up to date. */
export async function connectDatabase(settings: Settings, say: (line: string) => void): Promise<ConnectedDatabase> {
  if (settings.database.kind === 'external') {
    say('Connecting to the database …');
    const { url } = settings.database;
    await migrateDatabase(url).catch((error: unknown) => {
      throw explainConnection(error);
    });
    const database = openDatabase({ url, role: appRole });
    return { database, ownerUrl: url, alone: false, close: () => database.close() };
  }
  const server = await startEmbeddedServer({ dataDir: settings.dataDir, onStep: (step) => say(steps[step]) });
  if (server.notice) say(server.notice);
  try {
    await migrateDatabase(server.ownerUrl);
  } catch (error) {
    await server.stop();
    throw error;
  }
  const database = openDatabase({ url: server.appUrl });
  return {
    database,
    ownerUrl: server.ownerUrl,
    alone: true,
    async close() {
      await database.close();
      await server.stop();
    },
  };
}

import { type ConnectedDatabase, connectBeside } from '../app/composition/connect-database.server.ts';
import type { Settings } from '../app/settings.server.ts';
import { CannotStart } from '../db/cannot-start.ts';
import { hasMasterKey } from '../db/key-ring.ts';

/** Makes sure that Meridian has run on the data folder. Thrown (`CannotStart`) when it is another, before anything is asked or started. */
export function requireDataFolder({ dataDir }: Settings): void {
  if (hasMasterKey(dataDir)) return;
  throw new CannotStart(
    `Expected a data folder Meridian has run on, but ${dataDir} is none. Name it by the setting DATA_DIR.`,
  );
}

/** Works on the database the settings name, beside a running Meridian or without one, and lets go of it. */
export async function withDatabase<T>(
  settings: Settings,
  work: (database: ConnectedDatabase) => Promise<T>,
): Promise<T> {
  const database = await connectBeside(settings, (line) => console.log(`· ${line}`));
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

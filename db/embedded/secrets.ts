import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { CannotStart } from '../cannot-start.ts';
import { keptSecret } from '../data-folder.ts';

const file = z.object({ owner: z.string().min(20), app: z.string().min(20) });

/** Passwords of the embedded server's two logins: `owner` migrates, `app` is what the application runs as. */
export type DatabaseSecrets = z.infer<typeof file>;

/** Reads the passwords from the data folder, or makes them. Thrown (`CannotStart`) when the file is damaged. */
export function databaseSecrets(dataDir: string): DatabaseSecrets {
  const secret = () => randomBytes(24).toString('base64url');
  const text = keptSecret(dataDir, 'database.json', () => JSON.stringify({ owner: secret(), app: secret() }));
  try {
    return file.parse(JSON.parse(text));
  } catch {
    throw new CannotStart(
      `Expected the database's passwords in ${dataDir}/keys/database.json, but the file is damaged. Restore it from the backup.`,
    );
  }
}

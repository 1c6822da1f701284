import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const file = z.object({ owner: z.string().min(20), app: z.string().min(20) });

/** Passwords of the embedded server's two logins: `owner` migrates, `app` is what the application runs as. */
export type DatabaseSecrets = z.infer<typeof file>;

/** Reads the passwords from the data folder, or makes them. The file is readable by its owner only. */
export function databaseSecrets(dataDir: string): DatabaseSecrets {
  const folder = join(dataDir, 'keys');
  const path = join(folder, 'database.json');
  if (existsSync(path)) return file.parse(JSON.parse(readFileSync(path, 'utf8')));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const made = { owner: randomBytes(24).toString('base64url'), app: randomBytes(24).toString('base64url') };
  writeFileSync(path, JSON.stringify(made), { mode: 0o600 });
  return made;
}

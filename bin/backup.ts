import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { readSettings } from '../app/settings.server.ts';
import type { Manifest } from '../db/backup/manifest.ts';
import { writeBackup } from '../db/backup/write-backup.ts';
import { CannotStart } from '../db/cannot-start.ts';
import { loadMasterKey } from '../db/key-ring.ts';
import { askNewPassphrase } from './ask-passphrase.ts';
import { requireDataFolder, withDatabase } from './own-database.ts';

const usage = `Usage: npm run backup -- FOLDER [--json FILE]

Writes everything Meridian holds into FOLDER, which must not exist yet: cases, history, flows, people, and the key the cases are
read with, all of one moment. Meridian may run meanwhile. People sign in again after a restore: sessions are left out.

Everything is encrypted with a passphrase of 12 characters or more, asked for at the terminal or read from standard input (its first
line). Keep it apart from the backup: nobody can read the backup without it.

Works on the database the settings DATA_DIR and DATABASE_URL name. Restore with: npm run restore -- FOLDER
Ends with 1 when the backup was not made, with 2 when the command is not understood.`;

async function run(folder: string): Promise<Manifest> {
  const settings = readSettings(process.env);
  requireDataFolder(settings);
  const passphrase = await askNewPassphrase('Passphrase of the backup');
  try {
    return await withDatabase(settings, ({ ownerUrl }) =>
      writeBackup({
        masterKey: loadMasterKey(settings.dataDir),
        onTable: (name, rows) => console.log(`· ${name}: ${rows} rows`),
        ...{ ownerUrl, folder, passphrase },
      }),
    );
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
      throw new CannotStart(`Expected a folder that does not exist yet, but ${folder} does. Nothing was written.`);
    throw error;
  }
}

const { values, positionals } = parseArgs({
  options: { json: { type: 'string' }, help: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const [folder, ...rest] = positionals;
if (values.help || folder === undefined || rest.length > 0) {
  console.log(usage);
  process.exitCode = values.help ? 0 : 2;
} else {
  try {
    const { madeAt, tables } = await run(folder);
    const rows = tables.reduce((sum, table) => sum + table.rows, 0);
    if (values.json)
      await writeFile(values.json, `${JSON.stringify({ folder, madeAt, tables, rows }, undefined, 2)}\n`);
    console.log(`backup ${folder}: ${tables.length} tables, ${rows} rows, as of ${madeAt}`);
  } catch (error) {
    console.error(error instanceof CannotStart ? `✗ ${error.message}` : error);
    process.exitCode = 1;
  }
}

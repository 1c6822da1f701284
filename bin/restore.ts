import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { connectDatabase } from '../app/composition/connect-database.server.ts';
import { readSettings } from '../app/settings.server.ts';
import { openBackup, restoreBackup } from '../db/backup/restore-backup.ts';
import { masterKeyOf } from '../db/backup/sealed-folder.ts';
import { UnreadableBackup } from '../db/backup/sealed-stream.ts';
import { type CasesVerdict, verifyAllCases } from '../db/backup/verify-all-cases.ts';
import { CannotStart } from '../db/cannot-start.ts';
import { openDataFolder } from '../db/data-folder.ts';
import { adoptMasterKey, createKeyRing } from '../db/key-ring.ts';
import { askSecret } from './ask-secret.ts';

const usage = `Usage: npm run restore -- FOLDER [--json FILE]

Puts a backup made by "npm run backup" into an empty database and a data folder without a key: all of it, or nothing. Then proves every
case: its history is unbroken, and replaying it gives the stored state. Name the new place by the settings DATA_DIR or DATABASE_URL.

The passphrase is asked for at the terminal, or read from standard input: its first line.
Deliveries that had not left when the backup was made leave when Meridian starts on the restored data, under the keys they had.
Ends with 1 when nothing was restored or a case does not prove, with 2 when the command is not understood.`;

type Answer = CasesVerdict & { readonly waiting: number; readonly madeAt: string };

async function run(folder: string): Promise<Answer> {
  const settings = readSettings(process.env);
  const backup = await openBackup(folder, await askSecret('Passphrase of the backup'));
  const masterKey = await masterKeyOf(backup);
  openDataFolder(settings.dataDir);
  adoptMasterKey(settings.dataDir, masterKey);
  const connected = await connectDatabase(settings, (line) => console.log(`· ${line}`));
  try {
    const { ownerUrl, database } = connected;
    const { waiting } = await restoreBackup(ownerUrl, backup, (name, rows) => console.log(`· ${name}: ${rows} rows`));
    const keyRing = createKeyRing(masterKey);
    const verdict = await verifyAllCases({ ownerUrl, database, keyRing }, (cases) =>
      console.log(`· ${cases} cases read`),
    );
    return { ...verdict, waiting, madeAt: backup.manifest.madeAt };
  } finally {
    await connected.close();
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
    const answer = await run(folder);
    if (values.json) await writeFile(values.json, `${JSON.stringify({ folder, ...answer }, undefined, 2)}\n`);
    for (const caseId of answer.broken)
      console.log(`✗ ${caseId}: Expected a history that replays to the stored case, but it does not.`);
    console.log(
      `restore ${folder}: as of ${answer.madeAt}, ${answer.cases} cases, ${answer.brokenCount} do not prove, ${answer.waiting} deliveries waiting`,
    );
    process.exitCode = answer.brokenCount === 0 ? 0 : 1;
  } catch (error) {
    const known = error instanceof CannotStart || error instanceof UnreadableBackup;
    console.error(known ? `✗ ${error.message}` : error);
    process.exitCode = 1;
  }
}

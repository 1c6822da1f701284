import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { startOfDay } from '../app/i18n/hospital-day.ts';
import { readSettings, type Settings } from '../app/settings.server.ts';
import { type ArchiveOutcome, archiveCases, type WhyKept } from '../db/archive/archive-cases.ts';
import { bringBack, type WhyNotBack } from '../db/archive/bring-back.ts';
import { archivesDue, destroyArchive } from '../db/archive/destroy-archive.ts';
import { finishedFolder } from '../db/backup/sealed-folder.ts';
import { UnreadableBackup } from '../db/backup/sealed-stream.ts';
import { CannotStart } from '../db/cannot-start.ts';
import { loadMasterKey } from '../db/key-ring.ts';
import { askNewPassphrase } from './ask-passphrase.ts';
import { askSecret } from './ask-secret.ts';
import { requireDataFolder, withDatabase } from './own-database.ts';

const usage = `Usage: npm run archive -- FOLDER [--ended-before YYYY-MM-DD] [--json FILE]
       npm run archive -- --bring-back FOLDER CASE-ID...
       npm run archive -- --due
       npm run archive -- --destroy FOLDER

Moves ended cases out of the database into FOLDER, sealed with a passphrase of 12 characters or more, asked for at the terminal or
read from standard input (its first line). The folder is read back and every case in it proved before any leaves; a case that does
not prove stays and is named, one that something waits for or with an exception no auditor has looked at stays. What stays of the
others is a line that says where they are and until when they are kept. Meridian may run meanwhile. Broken off, it goes on when
called again with the same folder; so do cases that were brought back return to their archive.

  --ended-before   cases that ended before this day; otherwise as many months ago as the setting ARCHIVE_AFTER_MONTHS says (24)
  --bring-back     puts cases back as they were, for an auditor, say, and proves them again
  --due            archives whose cases need not be kept any more
  --destroy        deletes such an archive and its patients' data, and prints the certificate that stays

How long a case is kept goes by the class its flow names; the setting KEEP_YEARS keeps classes longer, never shorter. Works on the
database the settings DATA_DIR and DATABASE_URL name. Ends with 1 when it fell short, with 2 when the command is not understood.`;

/** What a run came to: for the file, the lines before the last, and the last. */
type Answer = {
  readonly json: object;
  readonly lines: readonly string[];
  readonly summary: string;
  readonly whole: boolean;
};

const whyKept: Readonly<Record<WhyKept, string>> = {
  'not-proved': 'Expected a history that replays to the stored case, but it does not. The case stays.',
  'no-definition':
    'Expected the definition the case ran on, but it is not there or no longer compiles. The case stays.',
  elsewhere:
    'Expected a case that no other archive has, but another took it. The copy here is one too many: delete it by hand before that archive is destroyed.',
  changed: 'Expected the case as it was written, but something holds or changed it. Call again with the same folder.',
};
const whyNotBack: Readonly<Record<WhyNotBack, string>> = {
  'not-in-archive': 'Expected a case of this archive, but it has none of this id.',
  'not-proved': 'Expected a history that replays to the archived case, but it does not.',
  'not-its-archive': 'Expected the archive the case is kept in, but that is another one, or it was destroyed.',
  'there-already': 'Expected a case that was archived, but it is in the database.',
};

async function archive(settings: Settings, folder: string, before: string | undefined): Promise<Answer> {
  const name = 'Passphrase of the archive';
  const passphrase = finishedFolder(folder) ? await askSecret(name) : await askNewPassphrase(name);
  const endedBefore = before ?? monthsAgo(settings.archiveAfterMonths);
  const outcome = await withDatabase(settings, ({ ownerUrl }) =>
    archiveCases({
      ...{ ownerUrl, masterKey: loadMasterKey(settings.dataDir), folder, passphrase, endedBefore },
      keptLonger: settings.keptLonger,
      onStep(step) {
        if (step.kind === 'written') console.log(`· ${step.table}: ${step.rows} rows`);
        else if (step.kind !== 'finished') console.log(`· ${step.cases} cases ${step.kind}`);
      },
    }),
  );
  return {
    json: { folder, endedBefore, ...outcome },
    lines: outcome.kept.map(({ caseId, why }) => `✗ ${caseId}: ${whyKept[why]}`),
    summary: `archive ${folder}: ${sumUp(outcome)}`,
    whole: outcome.kept.length === 0,
  };
}

function sumUp({ archived, byClass, kept, months, more }: ArchiveOutcome): string {
  const counted = `${archived} cases archived${classesOf(byClass)}, ${kept.length} kept back, ${months} empty months dropped`;
  return more ? `${counted}; more ended early enough: name another folder for them` : counted;
}

const classesOf = (byClass: Readonly<Record<string, number>>) => {
  const named = Object.entries(byClass).map(([name, count]) => `${name} ${count}`);
  return named.length === 0 ? '' : ` (${named.join(', ')})`;
};

async function bring(settings: Settings, folder: string, caseIds: readonly string[]): Promise<Answer> {
  const passphrase = await askSecret('Passphrase of the archive');
  const outcome = await withDatabase(settings, ({ ownerUrl, database }) =>
    bringBack({ ...{ ownerUrl, database, folder, passphrase, caseIds }, masterKey: loadMasterKey(settings.dataDir) }),
  );
  return {
    json: { folder, ...outcome },
    lines: outcome.refused.map(({ caseId, why }) => `✗ ${caseId}: ${whyNotBack[why]}`),
    summary: `archive ${folder}: ${outcome.broughtBack.length} of ${caseIds.length} cases brought back and proved`,
    whole: outcome.refused.length === 0,
  };
}

async function due(settings: Settings): Promise<Answer> {
  const { keptLonger } = settings;
  const found = await withDatabase(settings, ({ ownerUrl }) => archivesDue({ ownerUrl, keptLonger }));
  return {
    json: { due: found },
    lines: found.map(
      ({ archive: name, cases, byClass, keptUntil }) =>
        `${name}: ${cases} cases${classesOf(byClass)}, kept until ${keptUntil}`,
    ),
    summary: `archive: ${found.length} archives may be destroyed`,
    whole: true,
  };
}

async function destroy(settings: Settings, folder: string): Promise<Answer> {
  const { keptLonger } = settings;
  const certificate = await withDatabase(settings, ({ ownerUrl }) => destroyArchive({ ownerUrl, keptLonger, folder }));
  const { archive: name, cases, byClass, madeAt, keptUntil, destroyedAt, manifestHash } = certificate;
  return {
    json: certificate,
    lines: [
      `archive      ${name}, made ${madeAt}`,
      `cases        ${cases}${classesOf(byClass)}`,
      `kept until   ${keptUntil}`,
      `destroyed    ${destroyedAt}`,
      `manifest     sha256 ${manifestHash}`,
    ],
    summary: `archive ${folder}: destroyed, ${cases} cases; the certificate stays in the database`,
    whole: true,
  };
}

function monthsAgo(months: number): string {
  const then = new Date();
  then.setUTCMonth(then.getUTCMonth() - months);
  return then.toISOString();
}

type Run = { readonly json: string | undefined; readonly answer: (settings: Settings) => Promise<Answer> };

/** What the command line asks for; `help`, or nothing when it is not understood. */
function understand(): Run | 'help' | undefined {
  try {
    const { values, positionals } = parseArgs({
      options: {
        'ended-before': { type: 'string' },
        'bring-back': { type: 'boolean', default: false },
        due: { type: 'boolean', default: false },
        destroy: { type: 'boolean', default: false },
        json: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
      allowPositionals: true,
    });
    if (values.help) return 'help';
    const { json, 'ended-before': day } = values;
    const [folder, ...caseIds] = positionals;
    const asked = [values['bring-back'], values.due, values.destroy].filter(Boolean).length;
    if (asked > 1 || (asked === 1 && day !== undefined)) return undefined;
    if (values.due) return folder === undefined ? { json, answer: due } : undefined;
    if (folder === undefined) return undefined;
    if (values['bring-back'])
      return caseIds.length > 0 ? { json, answer: (settings) => bring(settings, folder, caseIds) } : undefined;
    const before = day === undefined ? undefined : startOfDay(day);
    if (caseIds.length > 0 || (day !== undefined && before === undefined)) return undefined;
    if (values.destroy) return { json, answer: (settings) => destroy(settings, folder) };
    return { json, answer: (settings) => archive(settings, folder, before) };
  } catch {
    return undefined;
  }
}

const run = understand();
if (run === undefined || run === 'help') {
  console.log(usage);
  process.exitCode = run === 'help' ? 0 : 2;
} else {
  try {
    const settings = readSettings(process.env);
    requireDataFolder(settings);
    const { json, lines, summary, whole } = await run.answer(settings);
    if (run.json) await writeFile(run.json, `${JSON.stringify(json, undefined, 2)}\n`);
    for (const line of [...lines, summary]) console.log(line);
    process.exitCode = whole ? 0 : 1;
  } catch (error) {
    const known = error instanceof CannotStart || error instanceof UnreadableBackup;
    console.error(known ? `✗ ${error.message}` : error);
    process.exitCode = 1;
  }
}

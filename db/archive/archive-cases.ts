import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type postgres from 'postgres';
import { z } from 'zod';
import {
  finishedFolder,
  finishFolder,
  isOfUnfinished,
  makeFolder,
  masterKeyOf,
  openFolder,
  type SealedFolder,
} from '../backup/sealed-folder.ts';
import { appliedMigrations, instantText } from '../backup/tables.ts';
import { CannotStart } from '../cannot-start.ts';
import { createKeyRing } from '../key-ring.ts';
import { type ArchiveFiles, heldCases, provesHeld } from './archived-cases.ts';
import { aloneAtTheArchives } from './at-the-archives.ts';
import { chooseCases } from './choose-cases.ts';
import { readClasses } from './class-of-case.ts';
import { filesOf, nameOf, openArchive, requireSameKey } from './open-archive.ts';
import { type CountByClass, type Proved, removeCases } from './remove-cases.ts';
import type { KeptLonger } from './retention.ts';
import { writeArchiveFiles } from './write-archive.ts';

/**
 * Why a case did not leave: its history does not prove, its definition does not say its class, the database holds another state of it by now, or
 * another archive took it before.
 */
export type WhyKept = 'not-proved' | 'no-definition' | 'changed' | 'elsewhere';

/** What an archiving came to. */
export type ArchiveOutcome = {
  readonly archive: string;
  /** Cases that left the database. */
  readonly archived: number;
  readonly byClass: CountByClass;
  readonly kept: readonly { readonly caseId: string; readonly why: WhyKept }[];
  /** Whether more cases ended early enough than one archive takes. */
  readonly more: boolean;
  /** Months of history dropped because nothing is left in them. */
  readonly months: number;
};

/** What archiving needs. */
export type ArchiveParts = {
  /** A login that owns the tables. */
  readonly ownerUrl: string;
  readonly masterKey: Uint8Array;
  readonly folder: string;
  readonly passphrase: string;
  /** Cases that ended before this instant. */
  readonly endedBefore: string;
  readonly keptLonger: KeptLonger;
  /** Cases one archive takes at most. */
  readonly most?: number;
  readonly onStep?: (step: ArchiveStep) => void;
};

/** How far an archiving has come. */
export type ArchiveStep =
  | { readonly kind: 'written'; readonly table: string; readonly rows: number }
  | { readonly kind: 'proved' | 'removed'; readonly cases: number }
  | { readonly kind: 'finished' };

/** One archive is read again as a whole; a hospital's years fit into several. */
const mostCases = 100_000;

/**
 * Moves ended cases from the database into a sealed folder: writes them, reads the folder back and proves every case in it, finishes it, and only
 * then removes those cases. A case that does not prove stays and is named. Killed at any point nothing is lost; called again it goes on.
 *
 * @throws `CannotStart` when the folder holds something else, or somebody else is at the archives; `UnreadableBackup` when it was changed or the
 * passphrase is another
 */
export function archiveCases(parts: ArchiveParts): Promise<ArchiveOutcome> {
  return aloneAtTheArchives(parts.ownerUrl, async (client) => {
    const folder = resolve(parts.folder);
    const finished = finishedFolder(folder);
    const written = finished ? await goOn(folder, parts) : await write(client, folder, parts);
    if (!written) return nothing(folder, []);
    const { proved, kept } = await proveAll(written.files, parts.onStep);
    if (proved.length === 0 && !finished) {
      await clear(folder);
      return nothing(folder, kept);
    }
    const archive = finished
      ? await openFolder(folder, parts.passphrase)
      : await finish(client, written.files, proved.length);
    parts.onStep?.({ kind: 'finished' });
    const { stayed, elsewhere, ...removed } = await removeCases(client, archive, proved, parts.keptLonger, (cases) =>
      parts.onStep?.({ kind: 'removed', cases }),
    );
    const taken = new Set(elsewhere);
    const changed = stayed
      .filter((caseId) => !taken.has(caseId))
      .map((caseId) => ({ caseId, why: 'changed' as const }));
    const others = elsewhere.map((caseId) => ({ caseId, why: 'elsewhere' as const }));
    return {
      archive: nameOf(archive.manifest),
      ...removed,
      kept: [...kept, ...changed, ...others],
      more: written.more,
    };
  });
}

function nothing(folder: string, kept: ArchiveOutcome['kept']): ArchiveOutcome {
  return { archive: basename(folder), archived: 0, byClass: {}, kept, more: false, months: 0 };
}

/** A folder that was finished: only the removing is left to do. */
async function goOn(folder: string, { passphrase, masterKey }: ArchiveParts) {
  const archive = await openArchive(folder, passphrase);
  await requireSameKey(archive, masterKey);
  return { files: filesOf(archive), more: false };
}

async function write(sql: postgres.Sql, folder: string, parts: ArchiveParts) {
  const [taken] = await sql`select 1 from archives where archive = ${basename(folder)} limit 1`;
  if (taken)
    throw new CannotStart(
      `Expected a name no archive has, but there is one called ${basename(folder)} already. Nothing was changed. Name another folder; if ${folder} is that archive, put its manifest.json back.`,
    );
  if (existsSync(folder)) await clear(folder);
  const most = parts.most ?? mostCases;
  const found = await chooseCases(sql, {
    ...{ archive: basename(folder), endedBefore: parts.endedBefore },
    most: most + 1,
  });
  if (found.length === 0) return undefined;
  const made = await makeFolder(folder, parts.passphrase);
  const files = await writeArchiveFiles(
    sql,
    made,
    { cases: found.slice(0, most), masterKey: parts.masterKey },
    (table, rows) => parts.onStep?.({ kind: 'written', table, rows }),
  );
  return { files, more: found.length > most };
}

/** Removes what an archiving left that was broken off; a folder with anything else in it is not touched. */
async function clear(folder: string): Promise<void> {
  const names = await readdir(folder);
  const stranger = names.find((name) => !isOfUnfinished(name));
  if (stranger !== undefined)
    throw new CannotStart(
      `Expected a folder that does not exist yet, or an archive, but ${folder} is neither. Nothing was changed.`,
    );
  for (const name of names) await rm(join(folder, name));
  await rm(folder, { recursive: true });
}

async function proveAll(files: ArchiveFiles, onStep: ArchiveParts['onStep']) {
  const keyRing = createKeyRing(await masterKeyOf(files));
  const classOf = await readClasses(files);
  const proved: Proved[] = [];
  const kept: { caseId: string; why: WhyKept }[] = [];
  for await (const held of heldCases(files)) {
    const { tenantId, caseId, rows, value } = held;
    if (!(await provesHeld(held, keyRing))) kept.push({ caseId, why: 'not-proved' });
    else {
      const recordClass = await classOf(held);
      if (!recordClass) kept.push({ caseId, why: 'no-definition' });
      else proved.push({ tenantId, caseId, recordClass, lastHash: value('cases', rows.cases[0], 'last_hash') });
    }
    if ((proved.length + kept.length) % 1_000 === 0) onStep?.({ kind: 'proved', cases: proved.length });
  }
  onStep?.({ kind: 'proved', cases: proved.length });
  return { proved, kept };
}

const moment = z.object({ madeAt: z.string() });

async function finish(sql: postgres.Sql, { tables, ...made }: ArchiveFiles, cases: number): Promise<SealedFolder> {
  const [row] = await sql`select ${instantText(sql, sql`now()`)} as "madeAt"`;
  const { madeAt } = moment.parse(row);
  const migrations = [...(await appliedMigrations(sql))];
  const archive = { name: basename(made.folder), cases };
  return finishFolder(made, { madeAt, migrations, tables, archive, historyFrom: madeAt, historyTo: madeAt });
}

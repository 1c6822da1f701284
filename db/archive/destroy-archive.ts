import { readdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import type postgres from 'postgres';
import { z } from 'zod';
import { isRecordClass, recordClasses } from '../../engine/index.ts';
import { finishedFolder, isOfUnfinished, manifestOf } from '../backup/sealed-folder.ts';
import { instantText } from '../backup/tables.ts';
import { CannotStart } from '../cannot-start.ts';
import { aloneAtTheArchives, asOwner } from './at-the-archives.ts';
import { manifestHash } from './open-archive.ts';
import type { CountByClass } from './remove-cases.ts';
import { type KeptLonger, yearsKept } from './retention.ts';

/** An archive with the time until which the last of its cases is kept. */
export type KeptArchive = {
  readonly archive: string;
  readonly manifestHash: string;
  readonly madeAt: string;
  readonly cases: number;
  readonly byClass: CountByClass;
  readonly keptUntil: string;
  /** Cases of it that are in the database again. */
  readonly broughtBack: number;
  readonly isDue: boolean;
};

/** What stays of an archive that was destroyed. */
export type Certificate = Pick<
  KeptArchive,
  'archive' | 'manifestHash' | 'madeAt' | 'cases' | 'byClass' | 'keptUntil'
> & {
  readonly destroyedAt: string;
};

type Parts = { readonly ownerUrl: string; readonly keptLonger: KeptLonger };

/** Archives all of whose cases may be destroyed by now. */
export async function archivesDue({ ownerUrl, keptLonger }: Parts): Promise<readonly KeptArchive[]> {
  return asOwner(ownerUrl, async (sql) => (await keptArchives(sql, keptLonger)).filter(({ isDue }) => isDue));
}

/**
 * Destroys an archive whose last case need not be kept any more: its files, and what the database has of its patients. What stays is the
 * certificate. Killed at any point it goes on when called again.
 *
 * @throws `CannotStart` when it is no archive of this database, has cases to be kept, cases that are in the database again, or files of somebody
 * else's; and when somebody else is at the archives
 */
export async function destroyArchive({
  ownerUrl,
  keptLonger,
  folder,
}: Parts & { readonly folder: string }): Promise<Certificate> {
  if (!finishedFolder(folder))
    throw new CannotStart(`Expected a finished archive in ${folder}, but there is none. Nothing was destroyed.`);
  const hash = await manifestHash(folder);
  await requireNoStranger(folder);
  return aloneAtTheArchives(ownerUrl, async (sql) => {
    const done = await certificateOf(sql, hash);
    if (!done) {
      requireDue(await keptArchives(sql, keptLonger, hash), folder);
      await sql`update archives set destroying_at = coalesce(destroying_at, now()) where manifest_hash = ${hash}`;
      await destroyFiles(folder, isOfUnfinished);
      await forget(sql, hash, keptLonger);
    }
    const certificate = done ?? (await certificateOf(sql, hash));
    if (!certificate) throw new Error('Expected a certificate of what was destroyed, but there is none');
    // Last: until here it can be called again.
    await destroyFiles(folder, () => true);
    await rmdir(folder);
    return certificate;
  });
}

function requireDue(archives: readonly KeptArchive[], folder: string): void {
  const [archive] = archives;
  const refusal = (but: string) => new CannotStart(`${but} Nothing was destroyed.`);
  if (!archive)
    throw refusal(`Expected an archive of this database in ${folder}, but it knows of none with this manifest.`);
  if (archive.broughtBack > 0)
    throw refusal(
      `Expected the cases of ${archive.archive} in the archive alone, but ${archive.broughtBack} are in the database again. Archive into the folder again first.`,
    );
  if (!archive.isDue)
    throw refusal(
      `Expected an archive whose cases need not be kept any more, but one is kept until ${archive.keptUntil}.`,
    );
}

const isOfArchive = (folder: string, name: string) => isOfUnfinished(name) || join(folder, name) === manifestOf(folder);

async function requireNoStranger(folder: string): Promise<void> {
  const stranger = (await readdir(folder)).find((name) => !isOfArchive(folder, name));
  if (stranger !== undefined)
    throw new CannotStart(
      `Expected nothing but the archive in ${folder}, but there is ${stranger}. Take it out and call again.`,
    );
}

async function destroyFiles(folder: string, which: (name: string) => boolean): Promise<void> {
  for (const name of await readdir(folder)) if (which(name) && isOfArchive(folder, name)) await rm(join(folder, name));
}

async function forget(sql: postgres.Sql, hash: string, keptLonger: KeptLonger): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`
      with kept as (${keptByHospital(tx, keptLonger, hash)})
      update archives a set destroyed_at = now(), cases = k.cases, classes = k.classes, kept_until = k.kept_until
        from kept k where k.tenant_id = a.tenant_id and k.archive = a.archive`;
    const destroyed = tx`archived_cases c join archives a on a.tenant_id = c.tenant_id and a.archive = c.archive and a.manifest_hash = ${hash}`;
    // The last visit goes with its case: the patient's other records are kept from it all the same.
    await tx`
      update archived_cases o set kept_until = u.until
        from ${casesWithEnd(tx, keptLonger)}
       where o.tenant_id = c.tenant_id and o.case_id = c.case_id and u.until > o.kept_until
         and (c.tenant_id, c.patient_id) in (select c.tenant_id, c.patient_id from ${destroyed})`;
    const patients =
      await tx`select distinct c.tenant_id, c.patient_id from ${destroyed} where c.patient_id is not null`;
    // Free text and numbers that only the cases explain. Who read a case stays on record, of whom it was does not.
    for (const table of ['prints', 'override_reviews'])
      await tx`delete from ${tx(table)} o using ${destroyed} where o.tenant_id = c.tenant_id and o.case_id = c.case_id`;
    await tx`
      update read_audit r set patient_id = '' from ${destroyed} where r.tenant_id = c.tenant_id and r.case_id = c.case_id`;
    await tx`
      update archived_cases c set patient_id = null, business_key = null from archives a
       where a.manifest_hash = ${hash} and c.tenant_id = a.tenant_id and c.archive = a.archive`;
    // Lists name a patient without a case. Of one who is nowhere else any more the number goes there as well.
    await tx`
      update read_audit r set patient_id = ''
        from jsonb_to_recordset(${JSON.stringify(patients)}::text::jsonb) as p (tenant_id uuid, patient_id text)
       where r.tenant_id = p.tenant_id and r.patient_id = p.patient_id and r.case_id is null
         and not exists (select 1 from cases o where o.tenant_id = p.tenant_id and o.patient_id = p.patient_id)
         and not exists (select 1 from archived_cases o where o.tenant_id = p.tenant_id and o.patient_id = p.patient_id)`;
  });
}

const archiveRows = z.array(
  z.object({
    archive: z.string(),
    manifestHash: z.string(),
    madeAt: z.string(),
    cases: z.number(),
    byClass: z.array(z.string()),
    keptUntil: z.string(),
    broughtBack: z.number(),
    isDue: z.boolean(),
  }),
);

/** An archive may hold cases of several hospitals: it is kept until the last of them. */
async function keptArchives(sql: postgres.Sql, keptLonger: KeptLonger, hash?: string): Promise<readonly KeptArchive[]> {
  const rows = await sql`
    select archive, manifest_hash as "manifestHash", ${instantText(sql, sql`min(made_at)`)} as "madeAt", sum(cases)::integer as cases,
           array_agg(classes) as "byClass", ${instantText(sql, sql`max(kept_until)`)} as "keptUntil",
           sum(brought_back)::integer as "broughtBack", max(kept_until) <= now() or bool_or(destroying) as "isDue"
      from (${keptByHospital(sql, keptLonger, hash)}) as kept group by archive, manifest_hash order by archive`;
  return archiveRows.parse(rows).map((row) => ({ ...row, byClass: sumOf(row.byClass) }));
}

/** A hospital's cases of an archive, and until when the last of them is kept. */
function keptByHospital(sql: postgres.ISql, keptLonger: KeptLonger, hash?: string) {
  return sql`
    select a.tenant_id, a.archive, a.manifest_hash, a.made_at, a.destroying_at is not null as destroying, count(*)::integer as cases,
           max(u.until) as kept_until, count(c.brought_back_at)::integer as brought_back,
           (select jsonb_object_agg(record_class, n)::text from (select record_class, count(*) as n from archived_cases o
             where o.tenant_id = a.tenant_id and o.archive = a.archive group by 1) as by_class) as classes
      from ${casesWithEnd(sql, keptLonger)} join archives a on c.tenant_id = a.tenant_id and c.archive = a.archive
     where a.destroyed_at is null ${hash === undefined ? sql`` : sql`and a.manifest_hash = ${hash}`}
     group by a.tenant_id, a.archive, a.manifest_hash, a.made_at, a.destroying_at`;
}

/**
 * Archived cases (`c`) with the end of the time they are kept for (`u.until`). What the hospital keeps longer by now counts as well, and where the
 * law counts from the last visit, so does what the patient came for later.
 */
function casesWithEnd(sql: postgres.ISql, keptLonger: KeptLonger) {
  const classes = Object.entries(recordClasses).flatMap(([name, { fromLastVisit }]) =>
    isRecordClass(name)
      ? [{ record_class: name, years: yearsKept(name, keptLonger), from_last_visit: fromLastVisit }]
      : [],
  );
  return sql`
    archived_cases c
      join jsonb_to_recordset(${JSON.stringify(classes)}::text::jsonb) as r (record_class text, years integer, from_last_visit boolean)
        on r.record_class = c.record_class
      cross join lateral (
        select greatest(c.ended_at, case when r.from_last_visit then greatest(
          (select max(last_at) from cases v where v.tenant_id = c.tenant_id and v.patient_id = c.patient_id),
          (select max(ended_at) from archived_cases v where v.tenant_id = c.tenant_id and v.patient_id = c.patient_id)) end) as counted_from) as v
      cross join lateral (select greatest(c.kept_until, v.counted_from + make_interval(years => r.years)) as until) as u`;
}

const certificateRows = z.array(
  archiveRows.element.omit({ broughtBack: true, isDue: true }).extend({ destroyedAt: z.string() }),
);

async function certificateOf(sql: postgres.Sql, hash: string): Promise<Certificate | undefined> {
  const rows = await sql`
    select archive, manifest_hash as "manifestHash", ${instantText(sql, sql`min(made_at)`)} as "madeAt", sum(cases)::integer as cases,
           array_agg(classes) as "byClass", ${instantText(sql, sql`max(kept_until)`)} as "keptUntil",
           ${instantText(sql, sql`max(destroyed_at)`)} as "destroyedAt"
      from archives where manifest_hash = ${hash} and destroyed_at is not null group by archive, manifest_hash`;
  const [row] = certificateRows.parse(rows);
  return row && { ...row, byClass: sumOf(row.byClass) };
}

const counts = z.record(z.string(), z.number());

function sumOf(texts: readonly string[]): CountByClass {
  const sum: Partial<Record<keyof typeof recordClasses, number>> = {};
  for (const [name, count] of texts.flatMap((text) => Object.entries(counts.parse(JSON.parse(text)))))
    if (isRecordClass(name)) sum[name] = (sum[name] ?? 0) + count;
  return sum;
}

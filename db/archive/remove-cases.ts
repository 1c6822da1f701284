import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { z } from 'zod';
import type { RecordClass } from '../../engine/index.ts';
import type { SealedFolder } from '../backup/sealed-folder.ts';
import { CannotStart } from '../cannot-start.ts';
import { type CaseName, idsOf, inPortions } from './choose-cases.ts';
import { manifestHash, nameOf } from './open-archive.ts';
import { type KeptLonger, yearsKept } from './retention.ts';

/** Cases that leave by one statement, and milliseconds between two, so that commands go first. */
const casesAtOnce = 50;
const pause = 20;

/** PostgreSQL's code for a lock that was waited for long enough. */
const lockNotAvailable = '55P03';

/** A case that proves as an archive holds it, and the class of its records. */
export type Proved = CaseName & { readonly lastHash: string; readonly recordClass: RecordClass };

/** Cases by the class of their records. */
export type CountByClass = Readonly<Partial<Record<RecordClass, number>>>;

type Removed = {
  readonly archived: number;
  readonly byClass: CountByClass;
  /** Cases the database holds otherwise by now, or that something waits for. */
  readonly stayed: readonly string[];
  /** Cases another archive has: it was made while this one was broken off. */
  readonly elsewhere: readonly string[];
  readonly months: number;
};

/**
 * Takes proved cases out of the database, in small statements beside running work; what held one back is tried again by the next call. Then drops the
 * months of history nothing is left in.
 *
 * @throws `CannotStart` when another archive has the name
 */
export async function removeCases(
  sql: postgres.Sql,
  archive: SealedFolder,
  proved: readonly Proved[],
  keptLonger: KeptLonger,
  onRemoved: (cases: number) => void,
): Promise<Removed> {
  const name = nameOf(archive.manifest);
  await record(sql, archive, proved);
  const facts = new Map(proved.map((one) => [`${one.tenantId}/${one.caseId}`, one]));
  const byClass: Partial<Record<RecordClass, number>> = {};
  let archived = 0;
  for (const { tenantId, caseIds } of inPortions(proved, casesAtOnce)) {
    const held = caseIds.flatMap((caseId) => facts.get(`${tenantId}/${caseId}`) ?? []);
    const asked = held.map(({ caseId, lastHash, recordClass }) => ({
      ...{ case_id: caseId, last_hash: lastHash, record_class: recordClass },
      years: yearsKept(recordClass, keptLonger),
    }));
    const left =
      await sql`select archive_cases(${tenantId}::uuid, ${name}, ${JSON.stringify(asked)}::text::jsonb)::text as id`;
    for (const id of idsOf(left)) {
      const recordClass = facts.get(`${tenantId}/${id}`)?.recordClass;
      if (recordClass) byClass[recordClass] = (byClass[recordClass] ?? 0) + 1;
      archived += 1;
    }
    onRemoved(archived);
    await sleep(pause);
  }
  return {
    ...{ archived, byClass, months: await dropEmptyMonths(sql) },
    stayed: await among(
      proved,
      (tenantId, caseIds) => sql`
      select case_id as id from cases where tenant_id = ${tenantId} and case_id = any(${[...caseIds]}::uuid[])`,
    ),
    elsewhere: await among(
      proved,
      (tenantId, caseIds) => sql`
      select case_id as id from archived_cases
       where tenant_id = ${tenantId} and case_id = any(${[...caseIds]}::uuid[]) and archive <> ${name}`,
    ),
  };
}

/** Says that there is such an archive. Thrown (`CannotStart`) when another has its name. */
async function record(sql: postgres.Sql, { folder, manifest }: SealedFolder, proved: readonly Proved[]): Promise<void> {
  const name = nameOf(manifest);
  const hash = await manifestHash(folder);
  for (const tenantId of new Set(proved.map((one) => one.tenantId))) {
    await sql`
      insert into archives (tenant_id, archive, manifest_hash, made_at) values (${tenantId}, ${name}, ${hash}, ${manifest.madeAt})
      on conflict do nothing`;
    const [same] = await sql`
      select 1 from archives where tenant_id = ${tenantId} and archive = ${name} and manifest_hash = ${hash} and destroyed_at is null`;
    if (!same) throw new CannotStart(`Expected a name no other archive has, but there is another called ${name}.`);
  }
}

/** Of the cases those a query finds, asked for some at a time. */
async function among(
  proved: readonly Proved[],
  find: (tenantId: string, caseIds: readonly string[]) => PromiseLike<readonly unknown[]>,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { tenantId, caseIds } of inPortions(proved, 1_000)) found.push(...idsOf(await find(tenantId, caseIds)));
  return found;
}

async function dropEmptyMonths(sql: postgres.Sql): Promise<number> {
  const months = z
    .array(z.object({ name: z.string() }))
    .parse(
      await sql`select inhrelid::regclass::text as name from pg_inherits where inhparent = 'history'::regclass order by 1`,
    );
  let dropped = 0;
  for (const { name } of months) {
    const rows = await sql`select drop_empty_month(${name}) as dropped`.catch((error: unknown) => {
      // A month that commands keep busy is left for the next time.
      if (error instanceof postgres.PostgresError && error.code === lockNotAvailable) return [];
      throw error;
    });
    if (rows[0]?.dropped === true) dropped += 1;
  }
  return dropped;
}

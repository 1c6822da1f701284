import type postgres from 'postgres';
import { z } from 'zod';

/** A case by its hospital and id. */
export type CaseName = { readonly tenantId: string; readonly caseId: string };

const names = z.array(z.object({ tenantId: z.string(), caseId: z.string() }));
const idRows = z.array(z.object({ id: z.string() }));
const page = 1_000;
const first = '00000000-0000-0000-0000-000000000000';

/**
 * Cases that ended before an instant, that nothing waits for and no other archive has, by hospital and start, no more than `most`. A case's id begins with its time,
 * so those that began later are not even looked at.
 */
export async function chooseCases(
  sql: postgres.ISql,
  { archive, endedBefore, most }: { readonly archive: string; readonly endedBefore: string; readonly most: number },
): Promise<readonly CaseName[]> {
  const chosen: CaseName[] = [];
  for (let after: CaseName = { tenantId: first, caseId: first }; chosen.length < most; ) {
    const rows = names.parse(
      await sql`
        select tenant_id as "tenantId", case_id as "caseId" from cases
         where (tenant_id, case_id) > (${after.tenantId}, ${after.caseId}) and status = 'ended' and ended_at < ${endedBefore}
           and case_id < uuid_v7_floor(${endedBefore}::timestamptz at time zone 'UTC' + interval '1 day')
         order by tenant_id, case_id limit ${page}`,
    );
    const last = rows.at(-1);
    if (!last) break;
    after = last;
    chosen.push(...(await withoutOpen(sql, rows, archive)));
  }
  return chosen.slice(0, most);
}

async function withoutOpen(
  sql: postgres.ISql,
  rows: readonly CaseName[],
  archive: string,
): Promise<readonly CaseName[]> {
  const open = new Set<string>();
  for (const [tenantId, caseIds] of byHospital(rows)) {
    const waited = await sql`select not_to_archive(${tenantId}::uuid, ${[...caseIds]}::uuid[], ${archive})::text as id`;
    for (const id of idsOf(waited)) open.add(`${tenantId}/${id}`);
  }
  return rows.filter(({ tenantId, caseId }) => !open.has(`${tenantId}/${caseId}`));
}

/** The ids of cases a query found, each as `id`. */
export function idsOf(rows: readonly unknown[]): readonly string[] {
  return idRows.parse(rows).map(({ id }) => id);
}

/** The cases' ids by their hospital, both in the order given. */
export function byHospital(rows: readonly CaseName[]): ReadonlyMap<string, readonly string[]> {
  const grouped = new Map<string, string[]>();
  for (const { tenantId, caseId } of rows) {
    const ids = grouped.get(tenantId);
    if (ids) ids.push(caseId);
    else grouped.set(tenantId, [caseId]);
  }
  return grouped;
}

/** Cases of one hospital, at most so many at a time, in the order given. */
export function* inPortions(
  rows: readonly CaseName[],
  most: number,
): Generator<{ readonly tenantId: string; readonly caseIds: readonly string[] }> {
  for (const [tenantId, ids] of byHospital(rows))
    for (let from = 0; from < ids.length; from += most) yield { tenantId, caseIds: ids.slice(from, from + most) };
}

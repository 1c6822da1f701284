import { and, asc, count, desc, eq, gt, isNull, ne, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Batch, BatchCounts, BatchItem, BatchNote, BatchStore, BatchWork, NewJob } from '../../engine/index.ts';
import { batchLanes } from '../../engine/index.ts';
import type { Database, TenantQueries } from '../connect.ts';
import { batches, batchItems } from '../schema/batches.ts';
import { cases } from '../schema/cases.ts';
import { toJobRow } from './commit-row.ts';

const requester = z.object({ id: z.string(), name: z.string() });
const note = z.object({
  severity: z.enum(['block', 'remark']),
  code: z.string(),
  elementId: z.string().optional(),
  to: z.string().optional(),
});

/** Batches in PostgreSQL. A batch, its items and the jobs that work it off are one transaction. */
export function createPostgresBatches({ inTenant }: Database): BatchStore {
  return {
    create: (batch, targets, jobs) =>
      inTenant(batch.tenantId, async (tx) => {
        const made = await tx
          .insert(batches)
          .values(rowOf(batch))
          .onConflictDoNothing()
          .returning({ id: batches.batchId });
        if (made.length === 0) return false;
        const rows = targets.map(({ caseId, subject }, index) => ({ position: index + 1, case_id: caseId, subject }));
        await tx.execute(sql`
          insert into batch_items (tenant_id, batch_id, position, case_id, subject)
          select ${batch.tenantId}::uuid, ${batch.id}::uuid, r.position, r.case_id, r.subject
          from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as r (position integer, case_id uuid, subject text)`);
        await addJobs(tx, batch.tenantId, jobs);
        return true;
      }),
    find: (tenantId, id) =>
      inTenant(tenantId, async (tx) => {
        const [row] = await tx
          .select()
          .from(batches)
          .where(and(eq(batches.tenantId, tenantId), eq(batches.batchId, id)));
        return row && toBatch(row);
      }),
    list: (tenantId, limit) =>
      inTenant(tenantId, async (tx) => {
        const mine = eq(batches.tenantId, tenantId);
        const rows = await tx.select().from(batches).where(mine).orderBy(desc(batches.requestedAt)).limit(limit);
        const listed: (Batch & { counts: BatchCounts })[] = [];
        for (const row of rows) listed.push({ ...toBatch(row), counts: await countItems(tx, tenantId, row.batchId) });
        return listed;
      }),
    counts: (tenantId, id) => inTenant(tenantId, (tx) => countItems(tx, tenantId, id)),
    change: (before, { state, phase, round, releasedBy, withdrawnBy, endedAt }, jobs) =>
      inTenant(before.tenantId, async (tx) => {
        const same = and(
          ...[eq(batches.tenantId, before.tenantId), eq(batches.batchId, before.id)],
          ...[eq(batches.state, before.state), eq(batches.round, before.round)],
        );
        const change = { state, phase, round, releasedBy, withdrawnBy, endedAt };
        const changed = await tx.update(batches).set(change).where(same).returning({ id: batches.batchId });
        if (changed.length > 0) await addJobs(tx, before.tenantId, jobs);
        return changed.length > 0;
      }),
    pending: ({ tenantId, id, phase, lane, limit }) =>
      inTenant(tenantId, async (tx) => {
        const left =
          phase === 'check'
            ? isNull(batchItems.verdict)
            : and(isNull(batchItems.outcome), ne(batchItems.verdict, 'blocked'));
        const mine = lane === undefined ? undefined : sql`${batchItems.position} % ${batchLanes} = ${lane}`;
        return readItems(tx, and(itemsOf(tenantId, id), left, mine), limit);
      }),
    record: (tenantId, id, results) =>
      inTenant(tenantId, async (tx) => {
        const rows = results.map((result) => ({
          position: result.position,
          ...('verdict' in result ? { verdict: result.verdict, notes: JSON.stringify(result.notes) } : {}),
          ...('outcome' in result ? { outcome: result.outcome, why: result.why && JSON.stringify(result.why) } : {}),
        }));
        await tx.execute(sql`
          update batch_items i set verdict = coalesce(r.verdict, i.verdict), notes = coalesce(r.notes, i.notes),
            outcome = coalesce(r.outcome, i.outcome), why = coalesce(r.why, i.why)
          from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
            as r (position integer, verdict text, notes text, outcome text, why text)
          where i.tenant_id = ${tenantId}::uuid and i.batch_id = ${id}::uuid and i.position = r.position`);
      }),
    items: ({ tenantId, id, verdict, outcome, after = 0, limit }) =>
      inTenant(tenantId, (tx) => {
        const wanted = and(
          itemsOf(tenantId, id),
          gt(batchItems.position, after),
          verdict && eq(batchItems.verdict, verdict),
          outcome && eq(batchItems.outcome, outcome),
        );
        return readItems(tx, wanted, limit);
      }),
    runningCases: ({ tenantId, processKey, version }) =>
      inTenant(tenantId, async (tx) => {
        const pinned = and(
          ...[eq(cases.tenantId, tenantId), eq(cases.status, 'active')],
          ...[eq(cases.processKey, processKey), eq(cases.definitionVersion, version)],
        );
        const rows = await tx.select({ caseId: cases.caseId }).from(cases).where(pinned).orderBy(asc(cases.caseId));
        return rows.map(({ caseId }) => caseId);
      }),
  };
}

function rowOf({ tenantId, id, work, reason, requestedBy, requestedAt, state, phase, round }: Batch) {
  return {
    ...{ tenantId, batchId: id, kind: work.kind, work: JSON.stringify(work), reason, state, phase, round },
    requestedBy: JSON.stringify(requestedBy),
    requestedAt,
  };
}

function toBatch(row: typeof batches.$inferSelect): Batch {
  const { tenantId, batchId: id, reason, requestedAt, state, phase, round, releasedBy, withdrawnBy, endedAt } = row;
  // Written by our own code as JSON of `BatchWork`.
  const work: BatchWork = JSON.parse(row.work);
  return {
    ...{ tenantId, id, work, reason, state, phase, round, requestedAt },
    requestedBy: requester.parse(JSON.parse(row.requestedBy)),
    ...(releasedBy !== null && { releasedBy }),
    ...(withdrawnBy !== null && { withdrawnBy }),
    ...(endedAt !== null && { endedAt }),
  };
}

function itemsOf(tenantId: string, id: string) {
  return and(eq(batchItems.tenantId, tenantId), eq(batchItems.batchId, id));
}

async function readItems(
  tx: TenantQueries,
  wanted: ReturnType<typeof and>,
  limit: number,
): Promise<readonly BatchItem[]> {
  const rows = await tx.select().from(batchItems).where(wanted).orderBy(asc(batchItems.position)).limit(limit);
  return rows.map(toItem);
}

function toItem({
  position,
  caseId,
  subject,
  verdict,
  notes,
  outcome,
  why,
}: typeof batchItems.$inferSelect): BatchItem {
  const told: readonly BatchNote[] = notes === null ? [] : z.array(note).parse(JSON.parse(notes));
  return {
    ...{ position, caseId },
    ...(subject !== null && { subject }),
    ...(verdict !== null && { verdict, notes: told }),
    ...(outcome !== null && { outcome }),
    ...(why !== null && { why: note.parse(JSON.parse(why)) }),
  };
}

async function countItems(tx: TenantQueries, tenantId: string, id: string): Promise<BatchCounts> {
  const by = (condition: ReturnType<typeof eq>) => sql<number>`count(*) filter (where ${condition})::integer`;
  const [row] = await tx
    .select({
      total: count(),
      ok: by(eq(batchItems.verdict, 'ok')),
      noted: by(eq(batchItems.verdict, 'ok-with-note')),
      blocked: by(eq(batchItems.verdict, 'blocked')),
      done: by(eq(batchItems.outcome, 'done')),
      refused: by(eq(batchItems.outcome, 'refused')),
    })
    .from(batchItems)
    .where(itemsOf(tenantId, id));
  return row ?? { total: 0, ok: 0, noted: 0, blocked: 0, done: 0, refused: 0 };
}

async function addJobs(tx: TenantQueries, tenantId: string, jobs: readonly NewJob[]): Promise<void> {
  if (jobs.length === 0) return;
  await tx.execute(sql`select add_jobs(${tenantId}::uuid, ${JSON.stringify(jobs.map(toJobRow))}::text::jsonb)`);
}

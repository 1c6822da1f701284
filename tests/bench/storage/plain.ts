import { and, eq, sql } from 'drizzle-orm';
import type { Database, TenantQueries } from '../../../db/connect.ts';
import { caseActors, cases } from '../../../db/schema/cases.ts';
import { history } from '../../../db/schema/history.ts';
import { taskCandidates, tasks } from '../../../db/schema/tasks.ts';
import type { Player } from './load.ts';
import type { Completion, Ledger, Texts } from './rows.ts';

/**
 * The same commit as one would write it at first: a transaction under row-level security that locks and reads the case, looks for the request's answer,
 * and has a drizzle statement for each table. What is decided in between costs nothing here: the texts are ready.
 */
export function plainPlayer({ inTenant }: Database, tenantId: string, texts: Texts, ledger: Ledger): Player {
  return {
    perCall: 1,
    complete: (caller) => {
      const one = ledger.next(caller);
      return inTenant(tenantId, async (tx) => {
        await read(tx, tenantId, texts, one);
        await write(tx, tenantId, texts, one);
      });
    },
  };
}

async function read(tx: TenantQueries, tenantId: string, t: Texts, { caseId, key }: Completion): Promise<void> {
  const thisCase = and(eq(cases.tenantId, tenantId), eq(cases.caseId, caseId));
  const found = await tx.select().from(cases).where(thisCase).for('update');
  if (found.length !== 1) throw new Error(`Expected a case ${caseId}, but there is none`);
  await tx.execute(
    sql`select answer from answers where tenant_id = ${tenantId} and actor_id = ${t.actor_id} and request_key = ${key}`,
  );
}

async function write(tx: TenantQueries, tenantId: string, t: Texts, one: Completion): Promise<void> {
  const { caseId, version, closes, opens, key } = one;
  const at = new Date().toISOString();
  const thisCase = and(eq(cases.tenantId, tenantId), eq(cases.caseId, caseId));
  const changed = await tx
    .update(cases)
    .set({ version: version + 1, state: t.state, lastHash: t.hash, lastAt: at })
    .where(and(thisCase, eq(cases.version, version)))
    .returning({ version: cases.version });
  if (changed.length !== 1) throw new Error(`Expected version ${version} of case ${caseId}, but it has another`);
  await tx.insert(history).values({
    ...{ tenantId, caseId, seq: version + 1, recordedAt: at, header: t.header, sealedValues: t.sealed_values },
    ...{ valuesRoot: t.values_root, previousHash: t.previous_hash, hash: t.hash },
  });
  const { actor_id: actorId, element_id: elementId } = t;
  await tx.execute(
    sql`insert into answers values (${tenantId}, ${actorId}, ${key}, ${t.request_hash}, ${t.answer}, ${at})`,
  );
  await tx
    .insert(caseActors)
    .values(['', elementId].map((element) => ({ tenantId, caseId, elementId: element, actorId })))
    .onConflictDoNothing();
  const thisTask = and(eq(tasks.tenantId, tenantId), eq(tasks.caseId, caseId), eq(tasks.taskId, closes));
  await tx.update(tasks).set({ status: 'completed', closedBy: actorId, closedAt: at }).where(thisTask);
  const itsCandidates = and(eq(taskCandidates.tenantId, tenantId), eq(taskCandidates.caseId, caseId));
  await tx.delete(taskCandidates).where(and(itsCandidates, eq(taskCandidates.taskId, closes)));
  await tx.insert(tasks).values({
    ...{ tenantId, caseId, taskId: opens, processKey: t.process_key, elementId, name: t.name, record: t.record },
    ...{ priority: t.priority, createdAt: at, dueAt: at, status: 'open' },
  });
  await tx.insert(taskCandidates).values(t.roles.map((role) => ({ tenantId, caseId, taskId: opens, role })));
}

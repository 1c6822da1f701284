import { and, eq, inArray, max, sql } from 'drizzle-orm';
import type { Database, TenantQueries } from '../../db/connect.ts';
import { prints } from '../../db/schema/prints.ts';
import type { PrintCounts, PrintStore } from './print-store.ts';

type Paper = { readonly tenantId: string; readonly caseId: string; readonly kind: string };

async function countsOf(queries: TenantQueries, paper: Paper, subjects: readonly string[]): Promise<PrintCounts> {
  if (subjects.length === 0) return {};
  const rows = await queries
    .select({ subject: prints.subject, copies: max(prints.copy) })
    .from(prints)
    .where(
      and(
        eq(prints.tenantId, paper.tenantId),
        eq(prints.caseId, paper.caseId),
        eq(prints.kind, paper.kind),
        inArray(prints.subject, [...subjects]),
      ),
    )
    .groupBy(prints.subject);
  return Object.fromEntries(rows.map(({ subject, copies }) => [subject, copies ?? 0]));
}

async function recordedWith(queries: TenantQueries, tenantId: string, key: string): Promise<PrintCounts> {
  const rows = await queries
    .select({ subject: prints.subject, copy: prints.copy })
    .from(prints)
    .where(and(eq(prints.tenantId, tenantId), eq(prints.key, key)));
  return Object.fromEntries(rows.map(({ subject, copy }) => [subject, copy]));
}

/** The record of prints in PostgreSQL. */
export function postgresPrints({ inTenant }: Database): PrintStore {
  return {
    counts: ({ subjects, ...paper }) => inTenant(paper.tenantId, (queries) => countsOf(queries, paper, subjects)),
    record: ({ tenantId, caseId, kind, subjects, key, taskId, by, at }) =>
      inTenant(tenantId, async (queries) => {
        // Two windows that print the same paper at once must get different copy numbers.
        const place = `prints/${tenantId}/${caseId}/${kind}`;
        await queries.execute(sql`select pg_advisory_xact_lock(hashtextextended(${place}, 0))`);
        const before = await recordedWith(queries, tenantId, key);
        if (Object.keys(before).length > 0) return before;
        const counts = await countsOf(queries, { tenantId, caseId, kind }, subjects);
        const rows = [...new Set(subjects)].map((subject) => ({ subject, copy: (counts[subject] ?? 0) + 1 }));
        if (rows.length === 0) return {};
        const common = { tenantId, caseId, kind, key, taskId, byPerson: by, at };
        await queries.insert(prints).values(rows.map((row) => ({ ...common, ...row })));
        return Object.fromEntries(rows.map(({ subject, copy }) => [subject, copy]));
      }),
    ofCase: ({ tenantId, caseId }) =>
      inTenant(tenantId, async (queries) => {
        const rows = await queries
          .select({ kind: prints.kind, taskId: prints.taskId, copies: max(prints.copy), lastAt: max(prints.at) })
          .from(prints)
          .where(and(eq(prints.tenantId, tenantId), eq(prints.caseId, caseId)))
          .groupBy(prints.kind, prints.taskId);
        return rows.map(({ kind, taskId, copies, lastAt }) => ({
          kind,
          taskId: taskId ?? undefined,
          copies: copies ?? 0,
          lastAt: lastAt ?? '',
        }));
      }),
  };
}

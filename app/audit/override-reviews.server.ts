import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { Database } from '../../db/connect.ts';
import { cases, history, overrideReviews } from '../../db/schema/index.ts';

/** An exception to a separation of duties that no auditor has looked at. */
export type OpenOverride = {
  readonly caseId: string;
  readonly seq: number;
  readonly at: string;
  readonly processKey: string;
  readonly businessKey?: string;
  readonly actorId: string;
};

/** What an auditor found. */
export type OverrideReview = {
  readonly verdict: 'accepted' | 'questioned';
  readonly comment: string;
  readonly reviewedBy: string;
  readonly reviewedAt: string;
};

/** Exceptions and their reviews. A review is never changed: the first one stands. */
export type OverrideReviews = {
  listOpen(query: { tenantId: string; limit: number }): Promise<readonly OpenOverride[]>;
  find(query: { tenantId: string; caseId: string; seq: number }): Promise<OverrideReview | undefined>;
  add(review: OverrideReview & { tenantId: string; caseId: string; seq: number }): Promise<void>;
};

function actorOf(header: string): string {
  const parsed: unknown = JSON.parse(header);
  const actor: unknown = typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, 'actor') : undefined;
  const id: unknown = typeof actor === 'object' && actor !== null ? Reflect.get(actor, 'id') : undefined;
  return typeof id === 'string' ? id : '';
}

/** Exceptions in the history and their reviews, in PostgreSQL. */
export function postgresOverrideReviews({ inTenant }: Database): OverrideReviews {
  return {
    listOpen: ({ tenantId, limit }) =>
      inTenant(tenantId, async (queries) => {
        const rows = await queries
          .select({
            caseId: history.caseId,
            seq: history.seq,
            at: history.recordedAt,
            header: history.header,
            processKey: cases.processKey,
            businessKey: cases.businessKey,
          })
          .from(history)
          .innerJoin(cases, and(eq(cases.tenantId, history.tenantId), eq(cases.caseId, history.caseId)))
          .leftJoin(
            overrideReviews,
            and(
              eq(overrideReviews.tenantId, history.tenantId),
              eq(overrideReviews.caseId, history.caseId),
              eq(overrideReviews.seq, history.seq),
            ),
          )
          .where(
            and(
              eq(history.tenantId, tenantId),
              sql`${history.header} like '%"override":true%'`,
              isNull(overrideReviews.verdict),
            ),
          )
          .orderBy(asc(history.caseId), asc(history.seq))
          .limit(limit);
        return rows.map(({ header, businessKey, ...row }) => ({
          ...row,
          businessKey: businessKey ?? undefined,
          actorId: actorOf(header),
        }));
      }),
    find: ({ tenantId, caseId, seq }) =>
      inTenant(tenantId, async (queries) => {
        const place = and(
          eq(overrideReviews.tenantId, tenantId),
          eq(overrideReviews.caseId, caseId),
          eq(overrideReviews.seq, seq),
        );
        const [row] = await queries.select().from(overrideReviews).where(place);
        return row;
      }),
    add: (review) =>
      inTenant(review.tenantId, async (queries) => {
        await queries.insert(overrideReviews).values(review).onConflictDoNothing();
      }),
  };
}

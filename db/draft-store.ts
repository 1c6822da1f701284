import { and, asc, eq } from 'drizzle-orm';
import type { Instant, ProcessPackage } from '../engine/index.ts';
import type { Database, TenantQueries } from './connect.ts';
import { processDrafts, processReviews } from './schema/drafts.ts';

/**
 * A flow being changed. One draft a flow; `revision` grows with every save, so the second of two people who saved
 * the same revision is told instead of overwriting.
 */
export type Draft = {
  readonly pkg: ProcessPackage;
  /** Content hash of `pkg`; an approval is bound to it. */
  readonly hash: string;
  readonly revision: number;
  readonly status: 'editing' | 'submitted';
  /** Everybody who changed this draft since the last publication: none of them may approve it. */
  readonly editors: readonly string[];
  readonly updatedBy: string;
  readonly updatedAt: Instant;
  readonly submittedBy?: string;
  /** What the last reviewer wrote when giving it back. */
  readonly returned?: { readonly by: string; readonly comment: string };
};

/** One step of a review as it is kept. */
export type ReviewRecord = {
  readonly step: 'submitted' | 'approved' | 'returned';
  readonly hash: string;
  readonly by: string;
  readonly at: Instant;
  readonly comment?: string;
  readonly version?: number;
};

type Act = { readonly tenantId: string; readonly key: string; readonly by: string; readonly at: Instant };

/** Drafts and their reviews. Every change names the revision or content it was made on; on another one nothing changes. */
export type DraftStore = {
  list(tenantId: string): Promise<readonly Draft[]>;
  find(tenantId: string, key: string): Promise<Draft | undefined>;
  /** Creates (`revision` 0) or replaces a draft; `conflict` when somebody saved in between. A submission is void after it. */
  save(request: {
    tenantId: string;
    pkg: ProcessPackage;
    hash: string;
    revision: number;
    by: string;
    at: Instant;
  }): Promise<Draft | 'conflict'>;
  /** Hands in exactly this revision. */
  submit(request: Act & { revision: number }): Promise<Draft | 'conflict'>;
  /** Gives the submitted draft with this hash back to its editors. */
  giveBack(request: Act & { hash: string; comment: string }): Promise<'done' | 'conflict'>;
  /** Records the approval and removes the published draft with this hash. */
  closePublished(request: Act & { hash: string; version: number; comment?: string }): Promise<'done' | 'conflict'>;
  /** Oldest first. */
  reviews(tenantId: string, key: string): Promise<readonly ReviewRecord[]>;
};

/** Drafts in PostgreSQL. */
export function createDraftStore({ inTenant }: Database): DraftStore {
  return {
    list: (tenantId) =>
      inTenant(tenantId, async (tx) => {
        const rows = await tx.select().from(processDrafts).where(eq(processDrafts.tenantId, tenantId));
        return rows.map(toDraft);
      }),
    find: (tenantId, key) =>
      inTenant(tenantId, async (tx) => {
        const [row] = await tx.select().from(processDrafts).where(is(tenantId, key));
        return row && toDraft(row);
      }),
    save: (request) =>
      inTenant(request.tenantId, (tx) => (request.revision === 0 ? create(tx, request) : replace(tx, request))),
    submit: (request) => inTenant(request.tenantId, (tx) => submit(tx, request)),
    giveBack: (request) =>
      inTenant(request.tenantId, async (tx) => {
        const { tenantId, key, hash, by, comment } = request;
        const changed = { status: 'editing' as const, submittedBy: null, returnedBy: by, returnedWith: comment };
        const rows = await tx
          .update(processDrafts)
          .set(changed)
          .where(and(is(tenantId, key), isSubmitted(hash)))
          .returning();
        return record(tx, rows.length, { ...request, step: 'returned' });
      }),
    closePublished: (request) =>
      inTenant(request.tenantId, async (tx) => {
        const { tenantId, key, hash } = request;
        const rows = await tx
          .delete(processDrafts)
          .where(and(is(tenantId, key), isSubmitted(hash)))
          .returning();
        return record(tx, rows.length, { ...request, step: 'approved' });
      }),
    reviews: (tenantId, key) => inTenant(tenantId, (tx) => listReviews(tx, tenantId, key)),
  };
}

const is = (tenantId: string, key: string) =>
  and(eq(processDrafts.tenantId, tenantId), eq(processDrafts.processKey, key));
const isSubmitted = (hash: string) => and(eq(processDrafts.status, 'submitted'), eq(processDrafts.hash, hash));

type Save = Parameters<DraftStore['save']>[0];

async function create(tx: TenantQueries, { tenantId, pkg, hash, by, at }: Save): Promise<Draft | 'conflict'> {
  const values = {
    tenantId,
    processKey: pkg.key,
    content: JSON.stringify(pkg),
    hash,
    revision: 1,
    status: 'editing' as const,
    editors: JSON.stringify([by]),
    updatedBy: by,
    updatedAt: at,
  };
  const [row] = await tx.insert(processDrafts).values(values).onConflictDoNothing().returning();
  return row ? toDraft(row) : 'conflict';
}

async function replace(
  tx: TenantQueries,
  { tenantId, pkg, hash, revision, by, at }: Save,
): Promise<Draft | 'conflict'> {
  const [current] = await tx.select().from(processDrafts).where(is(tenantId, pkg.key)).for('update');
  if (current?.revision !== revision) return 'conflict';
  const editors = JSON.stringify([...new Set([...toDraft(current).editors, by])]);
  const changed = {
    content: JSON.stringify(pkg),
    hash,
    revision: revision + 1,
    status: 'editing' as const,
    submittedBy: null,
    editors,
    updatedBy: by,
    updatedAt: at,
  };
  const [row] = await tx.update(processDrafts).set(changed).where(is(tenantId, pkg.key)).returning();
  return row ? toDraft(row) : 'conflict';
}

async function submit(tx: TenantQueries, request: Act & { revision: number }): Promise<Draft | 'conflict'> {
  const { tenantId, key, revision, by } = request;
  const changed = { status: 'submitted' as const, submittedBy: by, returnedBy: null, returnedWith: null };
  const [row] = await tx
    .update(processDrafts)
    .set(changed)
    .where(and(is(tenantId, key), eq(processDrafts.revision, revision)))
    .returning();
  if (!row) return 'conflict';
  await record(tx, 1, { ...request, hash: row.hash, step: 'submitted' });
  return toDraft(row);
}

async function record(
  tx: TenantQueries,
  changedRows: number,
  kept: Act & { hash: string; step: ReviewRecord['step']; comment?: string; version?: number },
): Promise<'done' | 'conflict'> {
  if (changedRows === 0) return 'conflict';
  const { tenantId, key, hash, step, by, at, comment, version } = kept;
  await tx.insert(processReviews).values({ tenantId, processKey: key, hash, step, byPerson: by, at, comment, version });
  return 'done';
}

async function listReviews(tx: TenantQueries, tenantId: string, key: string): Promise<ReviewRecord[]> {
  const rows = await tx
    .select()
    .from(processReviews)
    .where(and(eq(processReviews.tenantId, tenantId), eq(processReviews.processKey, key)))
    .orderBy(asc(processReviews.n));
  return rows.map(({ step, hash, byPerson, at, comment, version }) => ({
    step,
    hash,
    by: byPerson,
    at,
    ...(comment !== null && { comment }),
    ...(version !== null && { version }),
  }));
}

function toDraft(row: typeof processDrafts.$inferSelect): Draft {
  // Written by `save` from a ProcessPackage and a list of ids.
  const pkg: ProcessPackage = JSON.parse(row.content);
  const editors: string[] = JSON.parse(row.editors);
  const { hash, revision, status, updatedBy, updatedAt, submittedBy, returnedBy, returnedWith } = row;
  return {
    pkg,
    hash,
    revision,
    status,
    editors,
    updatedBy,
    updatedAt,
    ...(submittedBy !== null && { submittedBy }),
    ...(returnedBy !== null && returnedWith !== null && { returned: { by: returnedBy, comment: returnedWith } }),
  };
}

import { and, desc, eq, gte, lt, sql } from 'drizzle-orm';
import { type DefinitionStore, type ProcessPackage, type StoredDefinition, timerStartKey } from '../../engine/index.ts';
import type { Database, TenantQueries } from '../connect.ts';
import { definitions, messageStarts } from '../schema/definitions.ts';
import { jobs } from '../schema/work.ts';
import { toJobRow } from './commit-row.ts';

type Publication = Parameters<DefinitionStore['publish']>[0];

/** Published flows in PostgreSQL. */
export function createPostgresDefinitions({ inTenant }: Database): DefinitionStore {
  const first = async (tenantId: string, key: string, wanted: { version?: number; hash?: string }) => {
    const rows = await inTenant(tenantId, (tx) => select(tx, tenantId, key, wanted));
    return rows[0] && toStored(rows[0]);
  };
  return {
    publish: (publication) => inTenant(publication.tenantId, (tx) => publish(tx, publication)),
    current: (tenantId, key) => first(tenantId, key, {}),
    byVersion: (tenantId, key, version) => first(tenantId, key, { version }),
    byHash: (tenantId, key, hash) => first(tenantId, key, { hash }),
  };
}

function select(
  tx: TenantQueries,
  tenantId: string,
  key: string,
  { version, hash }: { version?: number; hash?: string },
) {
  const wanted = and(
    eq(definitions.tenantId, tenantId),
    eq(definitions.key, key),
    version === undefined ? undefined : eq(definitions.version, version),
    hash === undefined ? undefined : eq(definitions.hash, hash),
  );
  return tx.select().from(definitions).where(wanted).orderBy(desc(definitions.version)).limit(1);
}

async function publish(tx: TenantQueries, publication: Publication) {
  const { tenantId, pkg, hash, at, by, approvedBy, override } = publication;
  const { key } = pkg;
  // Two publications of one flow take their numbers one after the other.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`${tenantId}/${key}`}))`);
  const [current] = await select(tx, tenantId, key, {});
  if (current?.hash === hash) return { key, version: current.version, hash };
  const version = (current?.version ?? 0) + 1;
  const content = JSON.stringify(pkg);
  await tx.insert(definitions).values({
    ...{ tenantId, key, version, hash, content, publishedAt: at, publishedBy: by, approvedBy },
    ...(override && { overrideBy: override.by, overrideReason: override.reason }),
  });
  await replaceStarts(tx, publication);
  return { key, version, hash };
}

async function replaceStarts(tx: TenantQueries, publication: Publication) {
  const { tenantId, messageStarts: starts, timerStarts } = publication;
  const { key } = publication.pkg;
  const prefix = timerStartKey(key, '');
  await tx
    .delete(jobs)
    .where(and(eq(jobs.tenantId, tenantId), gte(jobs.jobKey, prefix), lt(jobs.jobKey, `${prefix}\u{10FFFF}`)));
  if (timerStarts.length > 0)
    await tx.execute(
      sql`select add_jobs(${tenantId}::uuid, ${JSON.stringify(timerStarts.map(toJobRow))}::text::jsonb)`,
    );
  await tx.delete(messageStarts).where(and(eq(messageStarts.tenantId, tenantId), eq(messageStarts.key, key)));
  if (starts.length > 0) await tx.insert(messageStarts).values(starts.map((start) => ({ tenantId, key, ...start })));
}

function toStored(row: typeof definitions.$inferSelect): StoredDefinition {
  // Written by `publish` from a ProcessPackage.
  const pkg: ProcessPackage = JSON.parse(row.content);
  const { tenantId, key, version, hash, publishedAt, publishedBy, approvedBy, overrideBy, overrideReason } = row;
  return {
    ...{ tenantId, key, version, hash, pkg, publishedAt, publishedBy },
    ...(approvedBy !== null && { approvedBy }),
    ...(overrideBy !== null && overrideReason !== null && { override: { by: overrideBy, reason: overrideReason } }),
  };
}

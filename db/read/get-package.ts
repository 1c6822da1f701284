import { and, count, desc, eq } from 'drizzle-orm';
import type { ProcessPackage } from '../../engine/index.ts';
import type { TenantQueries } from '../connect.ts';
import type { DefinitionRow, ReadModels } from '../read-models.ts';
import { cases } from '../schema/cases.ts';
import { definitions } from '../schema/definitions.ts';
import { present, type ReadContext } from './read-context.ts';

function contentOf(row: { readonly content: string }): ProcessPackage {
  // Written by `publish` from a ProcessPackage.
  return JSON.parse(row.content);
}

/** The content of the version with this hash. */
export async function packageByHash(
  tx: TenantQueries,
  tenantId: string,
  key: string,
  hash: string,
): Promise<ProcessPackage | undefined> {
  const [row] = await tx
    .select({ content: definitions.content })
    .from(definitions)
    .where(and(eq(definitions.tenantId, tenantId), eq(definitions.key, key), eq(definitions.hash, hash)))
    .limit(1);
  return row && contentOf(row);
}

/** The current version's content, or that of the version asked for. */
export async function getPackage(
  { database }: ReadContext,
  { tenantId, key, version }: Parameters<ReadModels['getPackage']>[0],
): ReturnType<ReadModels['getPackage']> {
  const wanted = and(
    eq(definitions.tenantId, tenantId),
    eq(definitions.key, key),
    version === undefined ? undefined : eq(definitions.version, version),
  );
  const [row] = await database.inTenant(tenantId, (tx) =>
    tx.select().from(definitions).where(wanted).orderBy(desc(definitions.version)).limit(1),
  );
  return row && { package: contentOf(row), version: row.version, hash: row.hash };
}

/** Every flow in its current version, by key, with the active cases of each version. */
export async function listDefinitions(
  { database }: ReadContext,
  { tenantId }: { tenantId: string },
): Promise<readonly DefinitionRow[]> {
  return database.inTenant(tenantId, async (tx) => {
    const current = await tx
      .selectDistinctOn([definitions.key])
      .from(definitions)
      .where(eq(definitions.tenantId, tenantId))
      .orderBy(definitions.key, desc(definitions.version));
    const running = await tx
      .select({ key: cases.processKey, version: cases.definitionVersion, cases: count() })
      .from(cases)
      .where(and(eq(cases.tenantId, tenantId), eq(cases.status, 'active')))
      .groupBy(cases.processKey, cases.definitionVersion);
    return current.map(
      (row): DefinitionRow => ({
        key: row.key,
        version: row.version,
        hash: row.hash,
        title: contentOf(row).title,
        publishedAt: row.publishedAt,
        publishedBy: row.publishedBy,
        ...present('approvedBy', row.approvedBy),
        runningCases: running
          .filter(({ key }) => key === row.key)
          .map(({ version, cases: active }) => ({ version, cases: active })),
      }),
    );
  });
}

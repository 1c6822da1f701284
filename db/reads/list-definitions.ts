import { and, asc, count, desc, eq } from 'drizzle-orm';
import type { DefinitionStore, ProcessPackage } from '../../engine/index.ts';
import type { Database, TenantQueries } from '../connect.ts';
import type { DefinitionRow, FlowTitle, ReadModels } from '../read-models.ts';
import { cases } from '../schema/cases.ts';
import { definitions } from '../schema/definitions.ts';

/** Every flow in its current version, with how many cases run on which. */
export async function listDefinitions(database: Database, tenantId: string): Promise<readonly DefinitionRow[]> {
  const { rows, running } = await database.inTenant(tenantId, async (tx) => ({
    rows: await currentVersions(tx, tenantId),
    running: await tx
      .select({ key: cases.processKey, version: cases.definitionVersion, cases: count() })
      .from(cases)
      .where(and(eq(cases.tenantId, tenantId), eq(cases.status, 'active')))
      .groupBy(cases.processKey, cases.definitionVersion)
      .orderBy(desc(cases.definitionVersion)),
  }));
  return rows.map((row) => ({
    ...{ key: row.key, version: row.version, hash: row.hash, title: titleOf(row.content) },
    ...{ publishedAt: row.publishedAt, publishedBy: row.publishedBy },
    ...(row.approvedBy !== null && { approvedBy: row.approvedBy }),
    runningCases: running
      .filter((one) => one.key === row.key)
      .map((one) => ({ version: one.version, cases: one.cases })),
  }));
}

/** Every flow by its name: what most screens need, and no count of cases goes into it. */
export async function listTitles(database: Database, tenantId: string): Promise<readonly FlowTitle[]> {
  const rows = await database.inTenant(tenantId, (tx) => currentVersions(tx, tenantId));
  return rows.map(({ key, content }) => ({ key, title: titleOf(content) }));
}

function currentVersions(tx: TenantQueries, tenantId: string) {
  return tx
    .selectDistinctOn([definitions.key])
    .from(definitions)
    .where(eq(definitions.tenantId, tenantId))
    .orderBy(asc(definitions.key), desc(definitions.version));
}

function titleOf(content: string): ProcessPackage['title'] {
  const pkg: ProcessPackage = JSON.parse(content);
  return pkg.title;
}

/** The content of a version, the current one when none is named. */
export async function getPackage(
  store: DefinitionStore,
  { tenantId, key, version }: Parameters<ReadModels['getPackage']>[0],
): ReturnType<ReadModels['getPackage']> {
  const found =
    version === undefined ? await store.current(tenantId, key) : await store.byVersion(tenantId, key, version);
  if (!found) return undefined;
  const { pkg, version: number, hash, override } = found;
  return { package: pkg, version: number, hash, ...(override && { override }) };
}

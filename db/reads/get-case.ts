import { and, eq } from 'drizzle-orm';
import { type DefinitionStore, parseState, viewCase } from '../../engine/index.ts';
import type { Database } from '../connect.ts';
import type { CaseDetail } from '../read-models.ts';
import { cases } from '../schema/cases.ts';
import { countIncidents, toCaseRow } from './find-cases.ts';
import { isUuid } from './get-task.ts';

/** A case as it is now, with the version of the flow it is pinned to. */
export async function getCase(
  parts: { readonly database: Database; readonly definitions: DefinitionStore },
  { tenantId, caseId }: { tenantId: string; caseId: string },
): Promise<CaseDetail | undefined> {
  if (!isUuid(caseId)) return undefined;
  const found = await parts.database.inTenant(tenantId, async (tx) => {
    const wanted = and(eq(cases.tenantId, tenantId), eq(cases.caseId, caseId));
    const [row] = await tx.select().from(cases).where(wanted);
    return row && { row, stuck: await countIncidents(tx, tenantId, [caseId]) };
  });
  if (!found) return undefined;
  const { row, stuck } = found;
  const definition = await parts.definitions.byVersion(tenantId, row.processKey, row.definitionVersion);
  if (!definition)
    throw new Error(`Expected version ${row.definitionVersion} of ${row.processKey}, but it is not stored`);
  return {
    row: toCaseRow(row, stuck.get(caseId) ?? 0),
    view: viewCase(parseState(row.state)),
    package: definition.pkg,
    version: definition.version,
  };
}

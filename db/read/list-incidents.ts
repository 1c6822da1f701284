import { and, asc, eq, gt } from 'drizzle-orm';
import type { IncidentRow, ReadModels } from '../read-models.ts';
import { cases } from '../schema/cases.ts';
import { incidents } from '../schema/tasks.ts';
import { present, type ReadContext } from './read-context.ts';

/** Open incidents, in the order of their ids. */
export async function listIncidents(
  { database }: ReadContext,
  { tenantId, processKey, cursor, limit }: Parameters<ReadModels['listIncidents']>[0],
): ReturnType<ReadModels['listIncidents']> {
  const rows = await database.inTenant(tenantId, (tx) =>
    tx
      .select({ incident: incidents, processKey: cases.processKey, businessKey: cases.businessKey })
      .from(incidents)
      .innerJoin(cases, and(eq(cases.tenantId, incidents.tenantId), eq(cases.caseId, incidents.caseId)))
      .where(
        and(
          eq(incidents.tenantId, tenantId),
          processKey === undefined ? undefined : eq(cases.processKey, processKey),
          cursor === undefined ? undefined : gt(incidents.incidentId, cursor),
        ),
      )
      .orderBy(asc(incidents.incidentId))
      .limit(limit + 1),
  );
  const items = rows.slice(0, limit).map(
    (row): IncidentRow => ({
      caseId: row.incident.caseId,
      processKey: row.processKey,
      ...present('businessKey', row.businessKey),
      // Written by the commit from an IncidentRecord.
      incident: JSON.parse(row.incident.record),
    }),
  );
  const last = items.at(-1);
  return { items, ...(rows.length > limit && last && { nextCursor: last.incident.incidentId }) };
}

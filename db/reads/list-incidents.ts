import { and, desc, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { IncidentRecord } from '../../engine/index.ts';
import type { Database } from '../connect.ts';
import type { IncidentRow, Page, ReadModels } from '../read-models.ts';
import { cases } from '../schema/cases.ts';
import { incidents } from '../schema/tasks.ts';
import { pageLimit, parseCursor, printCursor } from './cursor.ts';

const place = z.tuple([z.string(), z.uuid(), z.string()]);

/** Open incidents, newest first. */
export async function listIncidents(
  database: Database,
  query: Parameters<ReadModels['listIncidents']>[0],
): Promise<Page<IncidentRow>> {
  const { tenantId, processKey } = query;
  const limit = pageLimit(query.limit);
  const after = parseCursor(query.cursor, place);
  const rows = await database.inTenant(tenantId, (tx) =>
    tx
      .select({ incident: incidents, processKey: cases.processKey, businessKey: cases.businessKey })
      .from(incidents)
      .innerJoin(cases, and(eq(cases.tenantId, incidents.tenantId), eq(cases.caseId, incidents.caseId)))
      .where(
        and(
          eq(incidents.tenantId, tenantId),
          processKey ? eq(cases.processKey, processKey) : undefined,
          after &&
            sql`(${incidents.raisedAt}, ${incidents.caseId}, ${incidents.incidentId}) < (${after[0]}::timestamptz, ${after[1]}::uuid, ${after[2]})`,
        ),
      )
      .orderBy(desc(incidents.raisedAt), desc(incidents.caseId), desc(incidents.incidentId))
      .limit(limit + 1),
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1)?.incident;
  return {
    items: page.map((row) => toRow(row.incident, row.processKey, row.businessKey)),
    ...(rows.length > limit && last && { nextCursor: printCursor([last.raisedAt, last.caseId, last.incidentId]) }),
  };
}

function toRow(row: typeof incidents.$inferSelect, processKey: string, businessKey: string | null): IncidentRow {
  const incident: IncidentRecord = JSON.parse(row.record);
  return { caseId: row.caseId, processKey, incident, ...(businessKey !== null && { businessKey }) };
}

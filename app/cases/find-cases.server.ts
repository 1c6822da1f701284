import type { AppLoadContext } from '@remix-run/node';
import type { CaseQuery, CaseRow } from '../../db/read-models.ts';
import { startOfDay } from '../i18n/hospital-day.ts';
import { recordRead } from '../security/record-read.server.ts';
import { flowTitles, namedFlows } from '../server/flow-titles.server.ts';
import { readPatient } from '../ui/patient.ts';
import type { CaseFilters } from './case-filters.ts';

const pageSize = 50;

function endOfDay(day: string): string | undefined {
  const start = startOfDay(day);
  return start && new Date(Date.parse(start) + 86_400_000).toISOString();
}

/** What the filters ask of the read model. */
export function asQuery(tenantId: string, filters: CaseFilters): CaseQuery {
  const { status, at, code } = filters;
  return {
    tenantId,
    text: filters.text,
    patientId: filters.patient,
    processKey: filters.flow,
    status: status === 'active' || status === 'ended' ? status : undefined,
    incident: status === 'incident' || at || code ? { elementId: at, code } : undefined,
    actor: filters.actor,
    from: filters.from && startOfDay(filters.from),
    to: filters.to && endOfDay(filters.to),
    cursor: filters.cursor,
    limit: pageSize,
  };
}

/** A page of cases for a list, by the filters of its address. */
export async function findCases(context: AppLoadContext, filters: CaseFilters, screen: string) {
  const { services } = context;
  const found = await services.readModels.findCases(asQuery(services.tenantId, filters));
  const titles = await flowTitles(services);
  const flows = await namedFlows(services);
  await recordRead(context, { screen, patientIds: found.items.flatMap((row) => row.patientId ?? []) });
  return {
    rows: found.items.map((row) => asListed(row, titles)),
    nextCursor: found.nextCursor,
    flows: [...flows].map(([key, title]) => ({ key, title })),
    now: services.clock.now(),
  };
}

function asListed(row: CaseRow, titles: Awaited<ReturnType<typeof flowTitles>>) {
  const patient = readPatient(row.patient);
  return {
    caseId: row.caseId,
    flow: titles(row.processKey),
    version: row.version,
    businessKey: row.businessKey,
    patientId: row.patientId,
    patientName: patient?.name,
    patient: patient && { sex: patient.sex, age: patient.age },
    status: row.status,
    outcome: row.outcome,
    startedAt: row.startedAt,
    lastAt: row.lastAt,
    openIncidents: row.openIncidents,
    isArchived: row.archivedAt !== undefined,
  };
}

/** A case as lists show it. */
export type ListedCase = ReturnType<typeof asListed>;

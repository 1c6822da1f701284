import type { IncidentRecord } from '../../engine/index.ts';

/** Roles that may send a failed delivery again or say what became of one. */
export const incidentRoles: readonly string[] = [
  'system-admin',
  'process-owner',
  'insurance-officer',
  'finance-auditor',
  'finance-head',
  'clerk-supervisor',
  'pharmacy-head',
  'lead-technician',
  'medical-office',
];

/**
 * Whether an incident may be retried as it is now. A request of unknown outcome is not: a person finds out what became of it first, or it may be
 * carried out twice. One that is gone meanwhile is the engine's to refuse.
 */
export function mayRetry(
  incidents: readonly Pick<IncidentRecord, 'incidentId' | 'code'>[],
  incidentId: string,
): boolean {
  return incidents.every((one) => one.incidentId !== incidentId || one.code !== 'job-outcome-unknown');
}

/** Whether somebody with these roles may act on incidents. */
export function mayHandleIncidents(who: { readonly roles: readonly string[] }): boolean {
  return incidentRoles.some((role) => who.roles.includes(role));
}

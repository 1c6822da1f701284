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

/** Whether somebody with these roles may act on incidents. */
export function mayHandleIncidents(who: { readonly roles: readonly string[] }): boolean {
  return incidentRoles.some((role) => who.roles.includes(role));
}

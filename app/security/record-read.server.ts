import type { AppLoadContext } from '@remix-run/node';
import { requirePerson } from './require.server.ts';

/**
 * Writes down that the signed-in person was shown these patients' data. Awaited before the page is answered:
 * what cannot be recorded is not shown.
 */
export async function recordRead(
  context: AppLoadContext,
  read: { screen: string; patientIds: readonly string[]; caseId?: string },
): Promise<void> {
  const patientIds = [...new Set(read.patientIds)];
  if (patientIds.length === 0) return;
  const { services } = context;
  await services.readAudit.record({
    tenantId: services.tenantId,
    personId: requirePerson(context).id,
    at: services.clock.now(),
    screen: read.screen,
    patientIds,
    caseId: read.caseId,
    requestId: context.requestId,
  });
}

import type { Database } from '../../db/connect.ts';
import { readAudit } from '../../db/schema/identity.ts';
import type { ReadAudit } from '../server/services.ts';

/** The read audit in PostgreSQL: one row a patient and answer. */
export function postgresReadAudit({ inTenant }: Database): ReadAudit {
  return {
    record: ({ patientIds, ...read }) =>
      inTenant(read.tenantId, async (queries) => {
        if (patientIds.length === 0) return;
        await queries.insert(readAudit).values(patientIds.map((patientId) => ({ ...read, patientId })));
      }),
  };
}

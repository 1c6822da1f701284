import { and, eq } from 'drizzle-orm';
import type { Database } from '../../db/connect.ts';
import { installationFacts } from '../../db/schema/identity.ts';

/** What this installation remembers beside its cases, one text a name. */
export type InstallationFacts = {
  read(name: string): Promise<string | undefined>;
  write(name: string, value: string): Promise<void>;
};

/** Facts of one hospital, in the database. */
export function createInstallationFacts({ inTenant }: Database, tenantId: string): InstallationFacts {
  return {
    read: (name) =>
      inTenant(tenantId, async (queries) => {
        const [row] = await queries
          .select()
          .from(installationFacts)
          .where(and(eq(installationFacts.tenantId, tenantId), eq(installationFacts.name, name)));
        return row?.value;
      }),
    write: (name, value) =>
      inTenant(tenantId, async (queries) => {
        const target = [installationFacts.tenantId, installationFacts.name];
        await queries
          .insert(installationFacts)
          .values({ tenantId, name, value })
          .onConflictDoUpdate({ target, set: { value } });
      }),
  };
}

import type { Database } from '../../db/connect.ts';
import type { ReadModels } from '../../db/read-models.ts';
import type { Clock, Directory, Engine } from '../../engine/index.ts';
import type { ShippedPackage } from '../../processes/index.ts';
import { seedDirectory } from '../hospital/postgres-directory.ts';
import { staff } from '../hospital/staff.ts';
import { hashPassword } from '../session/password.server.ts';
import type { SessionStore } from '../session/session-store.ts';
import type { InstallationFacts } from './installation-facts.server.ts';
import { publishShipped } from './publish-shipped.server.ts';

/** Password of every demo account; the login page says so. */
export const demoPassword = 'meridian-demo';

const publisher = 'po-lu';
const approver = 'pr-su';

/** Brings the demonstration into being: accounts for the demo staff, the shipped flows published. Safe at every start. */
export async function prepareDemo(parts: {
  tenantId: string;
  database: Database;
  store: SessionStore;
  packages: readonly ShippedPackage[];
  engine: Engine;
  readModels: ReadModels;
  facts: InstallationFacts;
  directory: Directory;
  clock: Clock;
  say: (line: string) => void;
}): Promise<void> {
  const { tenantId, store, directory, clock } = parts;
  await seedDirectory(parts.database, tenantId);
  await addAccounts(store, tenantId);
  const [by, approvedBy] = await Promise.all(
    [publisher, approver].map((id) => directory.person(tenantId, id, clock.now())),
  );
  if (!by || !approvedBy)
    throw new Error(`Expected ${publisher} and ${approver} among the demo staff, but they are not.`);
  await publishShipped({ ...parts, by, approvedBy });
}

async function addAccounts(store: SessionStore, tenantId: string): Promise<void> {
  const known = await Promise.all(staff.map(({ id }) => store.accountByLoginName(tenantId, id)));
  const missing = staff.filter((_, index) => known[index] === undefined);
  if (missing.length === 0) return;
  // One hash for all: everybody knows the password anyway, and forty hashes would cost the first start three seconds.
  const passwordHash = await hashPassword(demoPassword);
  const accounts = missing.map(({ id }) => ({ personId: id, loginName: id, passwordHash, locked: false }));
  await store.addAccounts(tenantId, accounts);
}

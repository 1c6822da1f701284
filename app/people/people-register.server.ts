import { and, eq, inArray } from 'drizzle-orm';
import type { Database } from '../../db/connect.ts';
import { accounts, sessions } from '../../db/schema/identity.ts';
import { dutyHours, staff } from '../../db/schema/index.ts';
import { hashPassword } from '../session/password.server.ts';
import type { NewPerson } from './new-person.ts';

/** The hospital's people as an administrator keeps them. */
export type PeopleRegister = {
  /** Enters people with their duty hours and accounts: all of them, or none when some are known already (their ids are given). */
  add(people: readonly NewPerson[]): Promise<{ readonly known: readonly string[] }>;
  /** Gives somebody a new password and ends their sessions. False when there is no such person. */
  setPassword(personId: string, password: string): Promise<boolean>;
  /** The names of a person, if there is one. */
  namesOf(personId: string): Promise<readonly string[] | undefined>;
};

/** The register in PostgreSQL. */
export function createPeopleRegister({ inTenant }: Database, tenantId: string): PeopleRegister {
  return {
    async add(people) {
      const ways: Account[] = [];
      for (const { id, password } of people)
        if (password !== undefined) ways.push(await accountOf(tenantId, id, password));
      return inTenant(tenantId, async (queries) => {
        const ids = people.map(({ id }) => id);
        const mine = and(eq(staff.tenantId, tenantId), inArray(staff.personId, ids));
        const known = await queries.select({ id: staff.personId }).from(staff).where(mine);
        if (known.length > 0) return { known: known.map(({ id }) => id) };
        await queries.insert(staff).values(people.map((person) => staffRow(tenantId, person)));
        await queries.insert(dutyHours).values(people.flatMap((person) => hourRows(tenantId, person)));
        if (ways.length > 0) await queries.insert(accounts).values(ways);
        return { known: [] };
      });
    },
    async setPassword(personId, password) {
      const { passwordHash, ...account } = await accountOf(tenantId, personId, password);
      return inTenant(tenantId, async (queries) => {
        const found = await queries
          .select({ id: staff.personId })
          .from(staff)
          .where(and(eq(staff.tenantId, tenantId), eq(staff.personId, personId)));
        if (found.length === 0) return false;
        const target = [accounts.tenantId, accounts.personId];
        await queries
          .insert(accounts)
          .values({ ...account, passwordHash })
          .onConflictDoUpdate({ target, set: { passwordHash } });
        await queries.delete(sessions).where(and(eq(sessions.tenantId, tenantId), eq(sessions.personId, personId)));
        return true;
      });
    },
    namesOf: (personId) =>
      inTenant(tenantId, async (queries) => {
        const [row] = await queries
          .select({ name: staff.name, nameEn: staff.nameEn })
          .from(staff)
          .where(and(eq(staff.tenantId, tenantId), eq(staff.personId, personId)));
        return row && [row.name, row.nameEn];
      }),
  };
}

type Account = typeof accounts.$inferInsert;

async function accountOf(tenantId: string, personId: string, password: string): Promise<Account> {
  return { tenantId, personId, loginName: personId, passwordHash: await hashPassword(password), locked: false };
}

function staffRow(tenantId: string, { id, name, nameEn, department, roles, credentials }: NewPerson) {
  return { tenantId, personId: id, name, nameEn, department, roles: [...roles], credentials: [...credentials] };
}

function hourRows(tenantId: string, { id, hours }: NewPerson) {
  return hours.map((part) => ({ tenantId, personId: id, ...part }));
}

import postgres from 'postgres';
import { z } from 'zod';
import { CannotStart } from '../cannot-start.ts';

/** Place of the archives among what one session does at a time; any number no other work has. */
const place = 6_027_341;

const taken = z.tuple([z.object({ taken: z.boolean() })]);

/** Works on the database as the tables' owner, who sees every hospital, in one session. */
export async function asOwner<T>(ownerUrl: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  // One session from beginning to end: a lock would go with it.
  const sql = postgres(ownerUrl, { max: 1, max_lifetime: null, onnotice: () => {} });
  try {
    await sql`set row_security = off`;
    return await work(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/**
 * The same, while nobody else archives, brings back or destroys: two that work on one folder would take its files from each other.
 *
 * @throws `CannotStart` when somebody does
 */
export function aloneAtTheArchives<T>(ownerUrl: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  return asOwner(ownerUrl, async (sql) => {
    const [got] = taken.parse([...(await sql`select pg_try_advisory_lock(${place}) as taken`)]);
    if (got.taken) return work(sql);
    throw new CannotStart(
      'Expected nobody else at the archives, but cases are being archived, brought back or destroyed. Nothing was changed. Call again when that has ended.',
    );
  });
}

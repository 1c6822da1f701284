import postgres from 'postgres';
import { takePlace } from '../by-one-node.ts';
import { CannotStart } from '../cannot-start.ts';

/** The archives' place; see `takePlace`. */
const place = 6_027_341;

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
    if (await takePlace(sql, place)) return work(sql);
    throw new CannotStart(
      'Expected nobody else at the archives, but cases are being archived, brought back or destroyed. Nothing was changed. Call again when that has ended.',
    );
  });
}

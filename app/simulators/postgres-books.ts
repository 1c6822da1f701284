import { and, asc, eq } from 'drizzle-orm';
import type { Database, TenantQueries } from '../../db/connect.ts';
import { hospitalBooks } from '../../db/schema/index.ts';
import type { BookStore } from './book-store.ts';

type Place = { readonly tenantId: string; readonly book: string; readonly key: string };

const at = ({ tenantId, book, key }: Place) =>
  and(eq(hospitalBooks.tenantId, tenantId), eq(hospitalBooks.book, book), eq(hospitalBooks.key, key));

async function load(queries: TenantQueries, place: Place) {
  const [row] = await queries
    .select({ version: hospitalBooks.version, document: hospitalBooks.document })
    .from(hospitalBooks)
    .where(at(place));
  return row;
}

/** Writes the next version of a document; false when somebody else wrote meanwhile. */
async function store(queries: TenantQueries, place: Place, version: number, document: string): Promise<boolean> {
  if (version === 0) {
    const row = { ...place, version: 1, document };
    return (await queries.insert(hospitalBooks).values(row).onConflictDoNothing().returning()).length > 0;
  }
  const changed = { version: version + 1, document };
  const where = and(at(place), eq(hospitalBooks.version, version));
  return (await queries.update(hospitalBooks).set(changed).where(where).returning()).length > 0;
}

const mostAttempts = 20;
const rowsAtOnce = 500;

/** Books of one hospital in PostgreSQL. No transaction is open while a change is worked out: a document is compared by its version. */
export function postgresBooks({ inTenant }: Database, tenantId: string): BookStore {
  return {
    read: (book, key) =>
      inTenant(tenantId, async (queries) => (await load(queries, { tenantId, book, key }))?.document),
    async change(book, key, change) {
      const place = { tenantId, book, key };
      for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
        const row = await inTenant(tenantId, (queries) => load(queries, place));
        const document = change(row?.document);
        if (document === row?.document) return;
        if (await inTenant(tenantId, (queries) => store(queries, place, row?.version ?? 0, document))) return;
      }
      throw new Error(
        `Expected to change ${book} ${key} within ${mostAttempts} attempts, but others changed it every time.`,
      );
    },
    async fill(documents) {
      const rows = documents.map((one) => ({ tenantId, ...one, version: 1 }));
      await inTenant(tenantId, async (queries) => {
        for (let from = 0; from < rows.length; from += rowsAtOnce) {
          await queries
            .insert(hospitalBooks)
            .values(rows.slice(from, from + rowsAtOnce))
            .onConflictDoNothing();
        }
      });
    },
    list: (book) =>
      inTenant(tenantId, (queries) =>
        queries
          .select({ key: hospitalBooks.key, document: hospitalBooks.document })
          .from(hospitalBooks)
          .where(and(eq(hospitalBooks.tenantId, tenantId), eq(hospitalBooks.book, book)))
          .orderBy(asc(hospitalBooks.key)),
      ),
  };
}

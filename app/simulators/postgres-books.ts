import { and, asc, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from '../../db/connect.ts';
import { hospitalBooks } from '../../db/schema/index.ts';
import type { BookStore } from './book-store.ts';

const mostAttempts = 20;
const rowsAtOnce = 500;

const storedRow = z.object({ version: z.int(), document: z.string() });
const writtenRow = z.object({ written: z.boolean() });

/** Books of one hospital in PostgreSQL. No transaction is open while a change is worked out: a document is compared by its version. */
export function postgresBooks({ send, inTenant }: Database, tenantId: string): BookStore {
  const load = async (book: string, key: string) => {
    const rows = await send((raw) => raw`select * from read_hospital_book(${tenantId}::uuid, ${book}, ${key})`);
    return z.array(storedRow).parse(rows)[0];
  };
  const store = async (book: string, key: string, version: number, document: string) => {
    const rows = await send(
      (raw) => raw`
        select write_hospital_book(${tenantId}::uuid, ${book}, ${key}, ${version}::integer, ${document}) as written`,
    );
    return z.array(writtenRow).parse(rows)[0]?.written === true;
  };
  return {
    read: async (book, key) => (await load(book, key))?.document,
    async change(book, key, change) {
      for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
        const row = await load(book, key);
        const document = change(row?.document);
        if (document === row?.document || (await store(book, key, row?.version ?? 0, document))) return;
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

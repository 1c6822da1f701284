import { z } from 'zod';
import { type BookStore, changeBook, listBook } from './book-store.ts';

/** A failure to come, scripted by a scenario or on the simulators screen. */
export const faultSchema = z.object({
  /** Job type. */
  connector: z.string().min(1),
  answer: z.enum(['refused', 'timeout-before', 'timeout-after-success', 'unavailable', 'slow']),
  /** How many attempts it spoils. */
  times: z.int().positive().default(1),
  /** Error code of a refusal; the connector's first one without it. */
  code: z.string().optional(),
  /** Queries after an unknown outcome fail as well. */
  query: z.literal('unavailable').optional(),
});

/** A failure as it is written in a scenario. */
export type FaultInput = z.input<typeof faultSchema>;

/** A failure to come. */
export type Fault = z.infer<typeof faultSchema>;

const waiting = z.object({ connector: z.string(), faults: z.array(faultSchema), failingQueries: z.int() });

const faultBook = {
  name: 'faults',
  schema: waiting,
  empty: (connector: string) => ({ connector, faults: [], failingQueries: 0 }),
};

/** Adds a failure; those of one connector are used in order. */
export async function addFault(store: BookStore, fault: Readonly<Record<string, unknown>>): Promise<void> {
  const parsed = faultSchema.parse(fault);
  await changeBook(store, faultBook, parsed.connector, (book) => ({
    document: { ...book, faults: [...book.faults, parsed] },
    answer: undefined,
  }));
}

/** More than the engine asks before it leaves an unknown outcome to a person. */
const unansweredQueries = 10;

/** Uses up one attempt's failure, if one waits. */
export async function takeFault(store: BookStore, connector: string): Promise<Fault | undefined> {
  return changeBook(store, faultBook, connector, (book) => {
    const [next, ...rest] = book.faults;
    if (!next) return { document: book, answer: undefined };
    const faults = next.times > 1 ? [{ ...next, times: next.times - 1 }, ...rest] : rest;
    const failingQueries = book.failingQueries + (next.query === 'unavailable' ? unansweredQueries : 0);
    return { document: { ...book, faults, failingQueries }, answer: next };
  });
}

/** Whether this query fails; uses it up. */
export async function takeFailingQuery(store: BookStore, connector: string): Promise<boolean> {
  return changeBook(store, faultBook, connector, (book) => ({
    document: { ...book, failingQueries: Math.max(0, book.failingQueries - 1) },
    answer: book.failingQueries > 0,
  }));
}

/** Failures that still wait. */
export async function waitingFaults(store: BookStore): Promise<readonly Fault[]> {
  return (await listBook(store, faultBook)).flatMap(({ faults }) => faults);
}

/** Forgets every failure that still waits. */
export async function clearFaults(store: BookStore): Promise<void> {
  for (const { connector } of await listBook(store, faultBook)) {
    await changeBook(store, faultBook, connector, () => ({ document: faultBook.empty(connector), answer: undefined }));
  }
}

import type { Connector, Instant } from '../../engine/index.ts';
import { heldByPayer } from '../hospital/ledger/balances.ts';
import { checkLedger, type Imbalance, type OpenItem, openItems } from '../hospital/ledger/check-ledger.ts';
import { pinnedPatients, pinnedSales } from '../hospital/pinned.ts';
import { type BookStore, changeBook, readBook } from './book-store.ts';
import { addFault, clearFaults, type Fault, waitingFaults } from './fault.ts';
import { applyGiven, givenSchema } from './given.ts';
import { inMemoryBooks } from './in-memory-books.ts';
import { allConnectors } from './jobs.ts';
import { listSales } from './ledger-book.ts';
import { readLedgerBooks } from './read-books.ts';
import { seedBook, seedSales } from './seed-sales.ts';

export type { BookStore } from './book-store.ts';
export type { FaultInput } from './fault.ts';
export type { Given } from './given.ts';

/** What the simulators need. */
export type SimulatorOptions = {
  /** The clock pinned sales are dated from, and nothing else: deliveries carry their own time. */
  now(): Instant;
  readonly books: BookStore;
  /** Whether a shift opens by itself when cash needs one (`auto`, the default) or its lack is answered (`required`, the demo). */
  readonly shifts?: 'auto' | 'required';
  /** Waits, for scripted slowness; not at all without it. */
  sleep?(ms: number): Promise<void>;
};

/** The other systems of the demo hospital, simulated. */
export type Simulators = {
  readonly connectors: readonly Connector[];
  readonly books: BookStore;
  /** Scripts a failure to come; `fault` is a `FaultInput`, parsed here because scenarios write it as JSON. */
  injectFault(fault: Readonly<Record<string, unknown>>): Promise<void>;
  faults(): Promise<readonly Fault[]>;
  clearFaults(): Promise<void>;
  /** Sets what a scenario presupposes beyond the pinned sales; `given` is a `Given`. */
  given(given: Readonly<Record<string, unknown>>): Promise<void>;
  /** Makes the pinned sales now; otherwise the first delivery does. */
  ready(): Promise<void>;
  /** Every place where the hospital's books and the others' do not agree. */
  check(): Promise<readonly Imbalance[]>;
  /** What is under way in the sales a case touched: after its end there should be nothing. */
  openItems(scope: { readonly caseId?: string }): Promise<readonly OpenItem[]>;
  /** Received − given back per payer, of the sales a case touched. */
  held(scope: { readonly caseId: string }): Promise<Readonly<Record<string, number>>>;
};

/** Makes the pinned sales apart and enters them at once: a start that breaks off leaves nothing half made. */
async function seedOnce(options: SimulatorOptions): Promise<void> {
  const { seeded } = await readBook(options.books, seedBook, 'all');
  if (seeded) return;
  const apart = inMemoryBooks();
  const context = { store: apart, shifts: options.shifts ?? 'auto' };
  const connectors = allConnectors({ ...context, ready: async () => {}, sleep: async () => {}, faultless: true });
  const deceased = pinnedPatients.filter((patient) => patient.deceased).map(({ patientId }) => patientId);
  await applyGiven(context, connectors, { deceased }, options.now());
  await seedSales(context, connectors, pinnedSales, options.now());
  await changeBook(apart, seedBook, 'all', () => ({ document: { seeded: true }, answer: undefined }));
  await options.books.fill(apart.all());
}

/** Builds the simulators on a store of books; hand in the same store again to go on after a restart. */
export function createSimulators(options: SimulatorOptions): Simulators {
  const { books } = options;
  const context = { store: books, shifts: options.shifts ?? 'auto', sleep: options.sleep ?? (async () => {}) };
  const seeding = allConnectors({ ...context, ready: async () => {}, faultless: true });
  let seeded: Promise<void> | undefined;
  const ready = () => {
    seeded ??= seedOnce(options);
    return seeded;
  };
  const salesOf = async (caseId?: string) => {
    await ready();
    const sales = await listSales(books);
    return caseId === undefined ? sales : sales.filter(({ caseIds }) => caseIds.includes(caseId));
  };
  return {
    connectors: allConnectors({ ...context, ready }),
    books,
    injectFault: (fault) => addFault(books, fault),
    faults: () => waitingFaults(books),
    clearFaults: () => clearFaults(books),
    async given(given) {
      await ready();
      await applyGiven(context, seeding, givenSchema.parse(given), options.now());
    },
    ready,
    check: async () => {
      await ready();
      return checkLedger(await readLedgerBooks(books));
    },
    openItems: async ({ caseId }) => openItems(await salesOf(caseId)),
    held: async ({ caseId }) => heldByPayer(await salesOf(caseId)),
  };
}

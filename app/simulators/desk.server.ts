import type { Engine, Instant, JsonObject } from '../../engine/index.ts';
import { findPatient } from '../hospital/patients.ts';
import { hospitalDay } from '../hospital/roster.ts';
import { changeBook, listBook } from './book-store.ts';
import type { Fault } from './fault.ts';
import { debtBook, remaining } from './his/debt.ts';
import { orderBook } from './his/order-book.ts';
import { patientBook } from './his/patient-book.ts';
import { scheduleBook, worklistBook } from './imaging/connectors.ts';
import type { Simulators } from './index.ts';
import { personBook } from './insurance-centre/person-book.ts';
import { notificationBook, printBook } from './paper/connectors.ts';
import { channelBook } from './payment-channels/channel-book.ts';
import { stockBook } from './pharmacy/stock-book.ts';
import { traceBook } from './pharmacy/trace-book.ts';
import { receiptBook } from './receipts/receipt-book.ts';

/** One simulator: how much it holds, and its newest entries as text. Numbers of things only, no patient's name. */
export type SimulatorSummary = { readonly name: string; readonly count: number; readonly newest: readonly string[] };

/** What the simulators screen shows. */
export type SimulatorOverview = {
  readonly simulators: readonly SimulatorSummary[];
  readonly faults: readonly Fault[];
  readonly imbalances: readonly string[];
  readonly openItems: number;
};

/** Messages another system would send. */
export type OutsideMessage = {
  readonly name: string;
  readonly key: string;
  readonly payload: JsonObject;
};

/** What the simulators screen does; exists in the demonstration only. */
export type SimulatorDesk = {
  readonly jobTypes: readonly string[];
  overview(): Promise<SimulatorOverview>;
  injectFault(fault: Readonly<Record<string, unknown>>): Promise<void>;
  clearFaults(): Promise<void>;
  /** Publishes a message as the other system would. */
  publish(message: OutsideMessage): Promise<void>;
};

const newestShown = 8;

function summary(name: string, entries: readonly string[]): SimulatorSummary {
  return { name, count: entries.length, newest: entries.slice(-newestShown).reverse() };
}

async function summaries({ books }: Simulators): Promise<readonly SimulatorSummary[]> {
  const people = await listBook(books, personBook);
  const settlements = people.flatMap((person) => person.settlements);
  const paid = (await listBook(books, channelBook)).flatMap(({ transactions }) => transactions);
  const codes = await listBook(books, traceBook);
  const stock = await listBook(books, stockBook);
  const worklist = (await listBook(books, worklistBook)).flatMap((entry) => entry ?? []);
  const slots = (await listBook(books, scheduleBook)).flatMap(({ booked }) => booked);
  const receipts = (await listBook(books, receiptBook)).flatMap((receipt) => receipt ?? []);
  const debts = (await listBook(books, debtBook)).flatMap((debt) => debt ?? []);
  const orders = await listBook(books, orderBook);
  const prints = (await listBook(books, printBook)).flatMap(({ template, ref, jobs }) =>
    jobs.map(({ printedAt, copyNo }) => ({ template, ref, printedAt, copyNo })),
  );
  const messages = (await listBook(books, notificationBook)).flat();
  const byTime = <T>(list: readonly T[], at: (one: T) => string) =>
    [...list].sort((one, other) => (at(one) < at(other) ? -1 : 1));
  return [
    summary(
      'insurance',
      byTime(settlements, (one) => one.settledAt).map((one) => `${one.setlId} ${one.state} ${one.total}`),
    ),
    summary(
      'payment',
      byTime(paid, (one) => one.paidAt).map((one) => `${one.txnNo} ${one.amount} / ${one.refunds.length}`),
    ),
    summary(
      'receipts',
      receipts.map((one) => `${one.receiptNo} ${one.state} ${one.total}`),
    ),
    summary(
      'trace',
      codes.map((one) => `${one.code} ${one.state}`),
    ),
    summary(
      'stock',
      stock.map((one) => `${one.drugCode} ${one.onHand}`),
    ),
    summary(
      'orders',
      byTime(orders, (one) => one.at ?? '').map((one) => `${one.orderNo} ${one.status ?? ''}`),
    ),
    summary(
      'debts',
      debts.map((one) => `${one.debtNo} ${remaining(one)}`),
    ),
    summary(
      'pacs',
      worklist.map((one) => `${one.accessionNo} ${one.orderNo} ${one.state}`),
    ),
    summary(
      'schedule',
      byTime(slots, (one) => one.startAt).map((one) => `${one.slotId} ${one.room} ${one.startAt}`),
    ),
    summary(
      'printer',
      byTime(prints, (one) => one.printedAt).map((one) => `${one.template} ${one.ref} #${one.copyNo}`),
    ),
    summary(
      'notify',
      byTime(messages, (one) => one.sentAt).map((one) => `${one.to} ${one.template} ${one.channel}`),
    ),
  ];
}

/** A death is also known to the hospital's own system, where flows look before they pay. */
async function noteDeath({ books }: Simulators, patientId: string, at: Instant): Promise<void> {
  if (!findPatient(patientId)) return;
  await changeBook(books, patientBook, patientId, (file) => ({
    document: { ...file, deceasedAt: file.deceasedAt ?? at },
    answer: undefined,
  }));
}

/** The simulators' controls for the demonstration. */
export function createSimulatorDesk(parts: {
  readonly simulators: Simulators;
  readonly engine: Pick<Engine, 'publishMessage'>;
  readonly tenantId: string;
  readonly now: () => Instant;
  readonly newId: () => string;
}): SimulatorDesk {
  const { simulators, engine, tenantId, now, newId } = parts;
  return {
    jobTypes: simulators.connectors.map(({ jobType }) => jobType).sort(),
    async overview() {
      await simulators.ready();
      return {
        simulators: await summaries(simulators),
        faults: await simulators.faults(),
        imbalances: (await simulators.check()).map(
          (one) => `${one.saleNo} ${one.payer ?? ''} ${one.rule} ${one.expected} ${one.found}`,
        ),
        openItems: (await simulators.openItems({})).length,
      };
    },
    injectFault: (fault) => simulators.injectFault(fault),
    clearFaults: () => simulators.clearFaults(),
    async publish({ name, key, payload }) {
      if (name === 'patient.died') await noteDeath(simulators, key, now());
      const messageId = `simulators-${hospitalDay(now())}-${newId()}`;
      await engine.publishMessage({
        tenantId,
        messageId,
        messageName: name,
        correlationKey: key,
        payload,
        source: 'simulators',
      });
    },
  };
}

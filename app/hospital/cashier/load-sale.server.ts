import type { AppLoadContext } from '@remix-run/node';
import { problem } from '../../problem.ts';
import { recordRead } from '../../security/record-read.server.ts';
import { remaining } from '../../simulators/his/debt.ts';
import type { SaleFile } from '../hospital-desk.server.ts';
import { sourceBalances } from '../ledger/balances.ts';
import { isClosed } from '../ledger/check-ledger.ts';
import type { Entry } from '../ledger/sale-ledger.ts';
import { findPatient } from '../patients.ts';

function moneyOf(entry: Entry) {
  const account = entry.kind === 'received' || entry.kind === 'given-back' ? 'held' : 'unapplied';
  return entry.postings.flatMap((posting) =>
    posting.account === account ? [{ name: posting.payer, source: posting.source, amount: posting.amount }] : [],
  );
}

function show({ sale, ledger, receipts, debt }: SaleFile, clerkName: string | null) {
  return {
    saleNo: sale.saleNo,
    orderNo: sale.orderNo,
    patientId: sale.patientId,
    patientName: findPatient(sale.patientId)?.name ?? '',
    soldAt: sale.soldAt,
    clerkName,
    lines: sale.lines,
    balances: sourceBalances(ledger),
    receipts: receipts.map(({ receiptNo, total, state, issuedAt, red }) => ({
      ...{ receiptNo, total, state, issuedAt },
      redReceiptNo: red?.receiptNo ?? null,
    })),
    returned: sale.returns.length > 0,
    open: !isClosed(ledger),
    debt: debt && remaining(debt) > 0 ? remaining(debt) : null,
    entries: ledger.entries.map((entry) => ({
      ...{ no: entry.no, at: entry.at, kind: entry.kind, stated: entry.stated === true },
      postings: moneyOf(entry),
    })),
  };
}

/** A sale as its page shows it. */
export type ShownSale = ReturnType<typeof show>;

/**
 * A sale's page.
 * @throws a 404 answer when there is no such sale
 */
export async function loadSale(context: AppLoadContext, saleNo: string): Promise<ShownSale> {
  const { hospital, directory, tenantId, clock } = context.services;
  const file = await hospital.sales.find(saleNo);
  if (!file) throw problem({ status: 404, code: 'cashier:noSuchSale', back: '/cashier' });
  await recordRead(context, { screen: 'sale', patientIds: [file.sale.patientId] });
  const { chargedBy } = file.sale;
  const clerk = chargedBy ? await directory.person(tenantId, chargedBy, clock.now()) : undefined;
  return show(file, clerk?.name ?? chargedBy);
}

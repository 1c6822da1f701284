import { z } from 'zod';
import { sourceBalances, sumByPayer, withoutZeros } from '../../hospital/ledger/balances.ts';
import type { Entry, SaleLedger } from '../../hospital/ledger/sale-ledger.ts';
import { chargedLineSchema } from '../../hospital/ledger/sale-ledger.ts';
import { postCharge } from '../../hospital/ledger/statements.ts';
import { debtNoOf } from '../his/debt.ts';
import { paymentInput, settlementInput } from '../his/sale-book.ts';
import { bookSale } from '../ledger-book.ts';
import { done, refused, type SimulatedJob, type SimulatorContext } from '../simulated-connector.ts';
import { isShiftOpen, shiftFor } from '../till-book.ts';

const chargeInput = z.object({
  saleNo: z.string().min(1),
  patientId: z.string().min(1),
  lines: z.array(chargedLineSchema).min(1),
  total: z.int().min(0),
  settlement: settlementInput.nullish(),
  payments: z.array(paymentInput).nullish(),
  debt: z.int().min(0).nullish(),
  clerkId: z.string().nullish(),
});

type ChargeInput = z.infer<typeof chargeInput>;

/** What an entry changed per payer; fen, a charge positive. */
export function sharesOf(entry: Entry) {
  const applied = entry.postings.flatMap((posting) =>
    posting.account === 'unapplied' ? [{ payer: posting.payer, amount: posting.amount }] : [],
  );
  return withoutZeros(sumByPayer(applied));
}

/** The clerk's open shift; cash without one is refused. */
export async function shiftOfClerk(
  context: SimulatorContext,
  clerkId: string | null | undefined,
  withCash: boolean,
  at: string,
): Promise<{ readonly ok: boolean; readonly shiftId: string | null }> {
  if (!clerkId) return { ok: !withCash, shiftId: null };
  const shiftId = (await shiftFor(context, clerkId, at)) ?? null;
  return { ok: shiftId !== null || !withCash, shiftId };
}

const facts = (clerkId: string | null | undefined, shiftId: string | null) => ({
  ...(clerkId ? { by: clerkId } : {}),
  ...(shiftId ? { shiftId } : {}),
});

function chargeFacts(input: ChargeInput, shiftId: string | null, at: string) {
  return { key: `charge/${input.lines.map(({ lineId }) => lineId).join('+')}`, at, ...facts(input.clerkId, shiftId) };
}

/** Charges lines to the money that pays them, in the hospital's ledger. */
export const postChargeJob: SimulatedJob<ChargeInput> = {
  jobType: 'ledger.post-charge',
  delivery: 'idempotent',
  input: chargeInput,
  errors: ['unbalanced', 'no-open-shift'],
  async perform(input, { at }, context) {
    const payments = input.payments ?? [];
    const shift = await shiftOfClerk(
      context,
      input.clerkId,
      payments.some(({ channel }) => channel === 'cash'),
      at,
    );
    if (!shift.ok)
      return refused('no-open-shift', 'Expected the clerk to have an open shift, as cash was paid, but there is none.');
    const sum = input.lines.reduce((total, { amount }) => total + amount, 0);
    if (sum !== input.total)
      return refused('unbalanced', `Expected lines of ${input.total} fen, as the total says, but they are ${sum}.`);
    const booking = await bookSale(context.store, input.saleNo, (sale) =>
      postCharge({ ...sale, patientId: input.patientId }, chargeFacts(input, shift.shiftId, at), {
        lines: input.lines,
        payments,
        ...(input.settlement ? { settlement: input.settlement } : {}),
        ...(input.debt ? { debt: { debtNo: debtNoOf(input.saleNo), amount: input.debt } } : {}),
      }),
    );
    if (!booking.ok) return refused('unbalanced', booking.reason);
    return done({ posting: postingOutput(input.saleNo, booking.entry, shift.shiftId) });
  },
};

/** An entry as the flows carry it. */
export function postingOutput(saleNo: string, entry: Entry, shiftId: string | null) {
  return { postingNo: `${saleNo}/${entry.no}`, saleNo, postedAt: entry.at, shiftId, shares: sharesOf(entry) };
}

/** The shift a sale was charged in, when it is closed and another one pays the refund. */
export async function crossReference(
  context: SimulatorContext,
  sale: SaleLedger,
  shiftId: string | null,
): Promise<string | undefined> {
  const chargedIn = sale.entries.find((entry) => entry.shiftId !== undefined)?.shiftId;
  if (chargedIn === undefined || chargedIn === shiftId || (await isShiftOpen(context, chargedIn))) return undefined;
  return chargedIn;
}

/** Whether a sale has any insurance share that is applied now. */
export function hasInsuranceShare(sale: SaleLedger): boolean {
  return sourceBalances(sale).some(
    ({ payer, applied }) => (payer === 'fund' || payer === 'personal-account') && applied > 0,
  );
}

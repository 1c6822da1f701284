import { type Channel, channels, type Payer, payers } from '../ledger/payer.ts';
import type { SaleLedger } from '../ledger/sale-ledger.ts';
import { hospitalDay } from '../roster.ts';
import { channelTotals, type Shift } from './shift.ts';

/** In and out, fen. */
export type InAndOut = { readonly received: number; readonly givenBack: number };

/** A day's settlement (日结单): the tills by channel, beside what the ledger booked by payer that day. */
export type DaySettlement = {
  readonly day: string;
  /** Whether every shift of the day has been closed. */
  readonly complete: boolean;
  readonly tills: readonly ({ readonly channel: Channel } & InAndOut)[];
  readonly ledger: readonly ({ readonly payer: Payer } & InAndOut)[];
  /** Sum of the counts' differences, fen. */
  readonly cashDifference: number;
};

function tillTotals(shifts: readonly Shift[]): DaySettlement['tills'] {
  const rows = shifts.flatMap((shift) => channelTotals(shift));
  return channels.map((channel) => {
    const own = rows.filter((row) => row.channel === channel);
    return {
      channel,
      received: own.reduce((sum, row) => sum + row.received, 0),
      givenBack: own.reduce((sum, row) => sum + row.refunded, 0),
    };
  });
}

function ledgerTotals(sales: readonly SaleLedger[], day: string): DaySettlement['ledger'] {
  const held = sales
    .flatMap(({ entries }) => entries)
    .filter(({ at }) => hospitalDay(at) === day)
    .flatMap(({ postings }) => postings)
    .flatMap((posting) => (posting.account === 'held' ? [posting] : []));
  return payers.map((payer) => {
    const amounts = held.filter((posting) => posting.payer === payer).map(({ amount }) => amount);
    return {
      payer,
      received: amounts.filter((amount) => amount > 0).reduce((sum, amount) => sum + amount, 0),
      givenBack: -amounts.filter((amount) => amount < 0).reduce((sum, amount) => sum + amount, 0),
    };
  });
}

/** Sums the shifts that were opened on a day, beside the ledger's entries of that day. */
export function settleDay(day: string, shifts: readonly Shift[], sales: readonly SaleLedger[]): DaySettlement {
  const own = shifts.filter(({ openedAt }) => hospitalDay(openedAt) === day);
  return {
    day,
    complete: own.every(({ closing }) => closing !== null),
    tills: tillTotals(own),
    ledger: ledgerTotals(sales, day),
    cashDifference: own.reduce((sum, { closing }) => sum + (closing?.difference ?? 0), 0),
  };
}

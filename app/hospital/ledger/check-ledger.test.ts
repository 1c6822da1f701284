import { describe, expect, it } from 'vitest';
import { giveBack, noteInTransit, receive } from './book-entries.ts';
import { checkLedger, type ExternalMovement, openItems } from './check-ledger.ts';
import { emptySaleLedger, type SaleLedger } from './sale-ledger.ts';
import { movementKeys, postCharge, postRestatement } from './statements.ts';

const at = '2026-03-02T00:00:00.000Z';
const line = {
  lineId: '1',
  code: 'CT-HEAD',
  name: '头颅CT平扫',
  unitPrice: 22_000,
  qty: 1,
  amount: 22_000,
  payClass: '01' as const,
};
const paid = { payer: 'wechat' as const, source: 'WX-1', amount: 22_000 };
const payment = { channel: 'wechat' as const, txnNo: 'WX-1', amount: 22_000 };
const theirs: ExternalMovement = { ...paid, saleNo: 'S', key: 'collect/1' };

function booked(result: { ok: true; sale: SaleLedger } | { ok: false; reason: string }): SaleLedger {
  if (!result.ok) throw new Error(result.reason);
  return result.sale;
}

function chargedSale(): SaleLedger {
  const received = booked(receive(emptySaleLedger('S'), { key: 'collect/1', at }, [paid]));
  return booked(postCharge(received, { key: 'charge', at }, { lines: [line], payments: [payment] }));
}

describe('the check of the ledger', () => {
  it('finds nothing where everything fits', () => {
    expect(checkLedger({ sales: [chargedSale()], movements: [theirs] })).toEqual([]);
    expect(openItems([chargedSale()])).toEqual([]);
  });

  it('finds money the channel knows otherwise', () => {
    const found = checkLedger({ sales: [chargedSale()], movements: [{ ...theirs, amount: 21_999 }] });
    expect(found).toMatchObject([{ rule: 'ours-is-theirs', payer: 'wechat', expected: 21_999, found: 22_000 }]);
  });

  it('finds money of a sale we know nothing of', () => {
    const found = checkLedger({ sales: [], movements: [theirs] });
    expect(found).toMatchObject([{ rule: 'ours-is-theirs', saleNo: 'S', found: 0 }]);
  });

  it('tolerates what was asked for and has no answer yet, and nothing more', () => {
    const waiting = noteInTransit(emptySaleLedger('S'), 'collect/1');
    expect(checkLedger({ sales: [waiting], movements: [theirs] })).toEqual([]);
    expect(checkLedger({ sales: [waiting], movements: [{ ...theirs, key: 'collect/2' }] })).toHaveLength(1);
  });

  it('finds an entry whose sides differ', () => {
    const sale = chargedSale();
    const [first, ...rest] = sale.entries;
    if (!first) throw new Error('no entry');
    const wrong = { ...first, postings: first.postings.slice(0, 1) };
    const rules = checkLedger({ sales: [{ ...sale, entries: [wrong, ...rest] }], movements: [theirs] }).map(
      ({ rule }) => rule,
    );
    expect(rules).toContain('entry-sums-to-zero');
  });

  it('finds lines that cost something else than was charged', () => {
    const sale = { ...chargedSale(), lines: [{ ...line, amount: 23_000 }] };
    expect(checkLedger({ sales: [sale], movements: [theirs] })).toMatchObject([
      { rule: 'revenue-is-lines', expected: 23_000, found: 22_000 },
    ]);
  });

  it('lists what is under way after money went back', () => {
    const sale = booked(
      giveBack(chargedSale(), { key: movementKeys.refund('R', 'WX-1'), at, refundNo: 'R' }, [
        { ...paid, amount: 2_000 },
      ]),
    );
    expect(openItems([sale])).toMatchObject([{ kind: 'still-charged', payer: 'wechat', amount: 2_000 }]);
  });
});

describe('a statement', () => {
  it('is refused when more is charged than is held', () => {
    const received = booked(receive(emptySaleLedger('S'), { key: 'collect/1', at }, [{ ...paid, amount: 20_000 }]));
    const result = postCharge(received, { key: 'charge', at }, { lines: [line], payments: [payment] });
    expect(result.ok).toBe(false);
  });

  it('is refused when another channel gives back what one channel paid', () => {
    const result = postRestatement(
      chargedSale(),
      'refunded',
      { key: 'r', at, refundNo: 'R' },
      {
        lines: [],
        refunds: [{ channel: 'alipay', txnNo: 'ALI-1', amount: 22_000 }],
        payments: [],
      },
    );
    expect(result.ok).toBe(false);
  });

  it('books what a person stated where no answer came', () => {
    const waiting = noteInTransit(chargedSale(), movementKeys.refund('R', 'WX-1'));
    const sale = booked(
      postRestatement(
        waiting,
        'refunded',
        { key: 'r', at, refundNo: 'R' },
        { lines: [], refunds: [payment], payments: [] },
      ),
    );
    expect(sale.inTransit).toEqual([]);
    expect(sale.entries.find((entry) => entry.kind === 'given-back')).toMatchObject({ stated: true });
    const back = { ...theirs, amount: -22_000, key: movementKeys.refund('R', 'WX-1') };
    expect(checkLedger({ sales: [sale], movements: [theirs, back] })).toEqual([]);
    expect(checkLedger({ sales: [sale], movements: [theirs] })).toHaveLength(1);
  });

  it('is made once for a key', () => {
    const sale = chargedSale();
    const again = postCharge(sale, { key: 'charge', at }, { lines: [line], payments: [payment] });
    expect(again.ok && again.sale).toEqual(sale);
  });
});

import { describe, expect, it } from 'vitest';
import {
  type ClerkTill,
  channelTotals,
  closeShift,
  expectedCash,
  noteShiftEvent,
  openShift,
  openShiftOf,
} from './shift.ts';

const at = '2026-03-02T00:00:00.000Z';
const empty: ClerkTill = { clerkId: 'clerk-ma', shifts: [] };
const sale = {
  at,
  kind: 'payment' as const,
  channel: 'cash' as const,
  amount: 1_250,
  ref: 'CASH-1',
  saleNo: 'S',
  key: 'k1',
};

function done(result: ReturnType<typeof openShift>) {
  if (!result.ok) throw new Error(result.code);
  return result;
}

const opened = () => done(openShift(empty, { at, float: 50_000 })).till;

describe('a shift', () => {
  it('opens once', () => {
    expect(openShift(opened(), { at, float: 0 })).toEqual({ ok: false, code: 'shift-already-open' });
  });

  it('counts cash in and out, and no other channel', () => {
    const one = done(noteShiftEvent(opened(), sale)).till;
    const two = done(noteShiftEvent(one, { ...sale, key: 'k2', channel: 'wechat', amount: 9_900 })).till;
    const three = done(noteShiftEvent(two, { ...sale, key: 'k3', kind: 'refund', amount: -250 }));
    expect(expectedCash(three.shift)).toBe(51_000);
    expect(channelTotals(three.shift)).toContainEqual({ channel: 'cash', received: 1_250, refunded: 250 });
  });

  it('notes an event once', () => {
    const one = done(noteShiftEvent(opened(), sale)).till;
    expect(done(noteShiftEvent(one, sale)).shift.events).toHaveLength(1);
  });

  it('closes by a count; a difference needs a note', () => {
    const till = done(noteShiftEvent(opened(), sale)).till;
    const exact = { '10000': 5, '1000': 1, '100': 2, '50': 1 };
    expect(done(closeShift(till, { at, count: exact, note: '' })).shift.closing).toMatchObject({ difference: 0 });
    const short = { '10000': 5 };
    expect(closeShift(till, { at, count: short, note: ' ' })).toEqual({ ok: false, code: 'note-missing' });
    const closed = done(closeShift(till, { at, count: short, note: '少收' }));
    expect(closed.shift.closing?.difference).toBe(-1_250);
    expect(openShiftOf(closed.till)).toBeUndefined();
  });

  it('takes nothing after its close', () => {
    const closed = done(closeShift(opened(), { at, count: { '10000': 5 }, note: '' })).till;
    expect(noteShiftEvent(closed, sale)).toEqual({ ok: false, code: 'no-open-shift' });
    expect(closeShift(closed, { at, count: {}, note: '' })).toEqual({ ok: false, code: 'no-open-shift' });
  });

  it('refuses a count of notes that do not exist', () => {
    expect(closeShift(opened(), { at, count: { '3000': 1 }, note: 'x' })).toEqual({ ok: false, code: 'wrong-count' });
  });
});

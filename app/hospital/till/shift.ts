import { z } from 'zod';
import { channels } from '../ledger/payer.ts';

/** Notes and coins a till is counted by, in fen, largest first. */
export const denominations = [10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10, 5, 2, 1] as const;

const fen = z.int();

/** What happened at a window during a shift. `amount` is into the till positive, out of it negative; 0 for a reprint. */
export const shiftEventSchema = z.object({
  no: z.int(),
  at: z.string(),
  kind: z.enum(['payment', 'refund', 'void', 'reprint']),
  channel: z.enum(channels).nullable(),
  amount: fen,
  /** Transaction number, receipt number or print reference. */
  ref: z.string(),
  saleNo: z.string().nullable(),
  key: z.string(),
  /** Shift in which the sale was made, when that one is closed: a refund belongs to the shift that pays it. */
  crossReference: z.string().optional(),
});

/** Something that happened at a window. */
export type ShiftEvent = z.infer<typeof shiftEventSchema>;

/** How many of each denomination were counted, by its value in fen. */
export const cashCountSchema = z.record(z.string().regex(/^\d+$/), z.int().min(0));

/** A cash count. */
export type CashCount = z.infer<typeof cashCountSchema>;

/** One clerk's shift at the till. */
export const shiftSchema = z.object({
  shiftId: z.string(),
  clerkId: z.string(),
  openedAt: z.string(),
  /** Change money at the start, fen. */
  float: fen,
  /** Opened by the simulators because cash was needed; never in the demo. */
  automatic: z.boolean(),
  events: z.array(shiftEventSchema),
  closing: z
    .object({ at: z.string(), count: cashCountSchema, counted: fen, expected: fen, difference: fen, note: z.string() })
    .nullable(),
});

/** One clerk's shift at the till. */
export type Shift = z.infer<typeof shiftSchema>;

/** All shifts of a clerk, oldest first; at most the last is open. */
export const clerkTillSchema = z.object({ clerkId: z.string(), shifts: z.array(shiftSchema) });

/** All shifts of a clerk. */
export type ClerkTill = z.infer<typeof clerkTillSchema>;

/** Done, or refused with a code; nothing changed then. */
export type TillResult =
  | { readonly ok: true; readonly till: ClerkTill; readonly shift: Shift }
  | { readonly ok: false; readonly code: 'shift-already-open' | 'no-open-shift' | 'wrong-count' | 'note-missing' };

/** The clerk's open shift, if there is one. */
export function openShiftOf(till: ClerkTill): Shift | undefined {
  const last = till.shifts.at(-1);
  return last && last.closing === null ? last : undefined;
}

/** Opens a shift with change money. Refused while another one of the clerk is open. */
export function openShift(
  till: ClerkTill,
  request: { readonly at: string; readonly float: number; readonly automatic?: boolean },
): TillResult {
  if (openShiftOf(till)) return { ok: false, code: 'shift-already-open' };
  const shift: Shift = {
    shiftId: `SH-${till.clerkId}-${String(till.shifts.length + 1).padStart(3, '0')}`,
    clerkId: till.clerkId,
    openedAt: request.at,
    float: request.float,
    automatic: request.automatic ?? false,
    events: [],
    closing: null,
  };
  return { ok: true, shift, till: { ...till, shifts: [...till.shifts, shift] } };
}

function replaceLast(till: ClerkTill, shift: Shift): TillResult {
  return { ok: true, shift, till: { ...till, shifts: [...till.shifts.slice(0, -1), shift] } };
}

/** Notes an event in the clerk's open shift; the same key again changes nothing. */
export function noteShiftEvent(till: ClerkTill, event: Omit<ShiftEvent, 'no'>): TillResult {
  const earlier = till.shifts.find((shift) =>
    shift.events.some(({ key, kind }) => key === event.key && kind === event.kind),
  );
  if (earlier) return { ok: true, till, shift: earlier };
  const shift = openShiftOf(till);
  if (!shift) return { ok: false, code: 'no-open-shift' };
  return replaceLast(till, { ...shift, events: [...shift.events, { ...event, no: shift.events.length + 1 }] });
}

/** Cash that should lie in the till: the float and what came in and went out in cash; fen. */
export function expectedCash(shift: Shift): number {
  const moved = shift.events.filter(({ channel }) => channel === 'cash').reduce((sum, { amount }) => sum + amount, 0);
  return shift.float + moved;
}

/** Value of a count; fen. */
export function countedCash(count: CashCount): number {
  return Object.entries(count).reduce((sum, [denomination, pieces]) => sum + Number(denomination) * pieces, 0);
}

/** What a shift took and gave per channel; fen. */
export function channelTotals(
  shift: Shift,
): readonly { channel: (typeof channels)[number]; received: number; refunded: number }[] {
  return channels.map((channel) => {
    const amounts = shift.events.filter((event) => event.channel === channel).map(({ amount }) => amount);
    return {
      channel,
      received: amounts.filter((amount) => amount > 0).reduce((sum, amount) => sum + amount, 0),
      refunded: -amounts.filter((amount) => amount < 0).reduce((sum, amount) => sum + amount, 0),
    };
  });
}

/** Closes the open shift by a cash count; a difference needs a note that says why. */
export function closeShift(
  till: ClerkTill,
  request: { readonly at: string; readonly count: CashCount; readonly note: string },
): TillResult {
  const shift = openShiftOf(till);
  if (!shift) return { ok: false, code: 'no-open-shift' };
  const known = new Set(denominations.map(String));
  if (Object.keys(request.count).some((denomination) => !known.has(denomination)))
    return { ok: false, code: 'wrong-count' };
  const counted = countedCash(request.count);
  const expected = expectedCash(shift);
  if (counted !== expected && request.note.trim() === '') return { ok: false, code: 'note-missing' };
  const closing = {
    at: request.at,
    count: request.count,
    counted,
    expected,
    difference: counted - expected,
    note: request.note.trim(),
  };
  return replaceLast(till, { ...shift, closing });
}

import {
  type ClerkTill,
  clerkTillSchema,
  noteShiftEvent,
  openShift,
  openShiftOf,
  type ShiftEvent,
} from '../hospital/till/shift.ts';
import { changeBook, listBook, readBook } from './book-store.ts';
import type { SimulatorContext } from './simulated-connector.ts';

/** The charge office's shifts, by clerk. */
export const tillBook = {
  name: 'till',
  schema: clerkTillSchema,
  empty: (clerkId: string): ClerkTill => ({ clerkId, shifts: [] }),
};

/** Change money of a shift that is opened because a scenario needs one. */
const automaticFloat = 50_000;

/** Makes sure the clerk has an open shift, where shifts open by themselves; answers its id. */
export async function shiftFor(context: SimulatorContext, clerkId: string, at: string): Promise<string | undefined> {
  const present = openShiftOf(await readBook(context.store, tillBook, clerkId));
  if (present || context.shifts === 'required') return present?.shiftId;
  return changeBook(context.store, tillBook, clerkId, (till) => {
    const opened = openShift(till, { at, float: automaticFloat, automatic: true });
    return opened.ok
      ? { document: opened.till, answer: opened.shift.shiftId }
      : { document: till, answer: openShiftOf(till)?.shiftId };
  });
}

/** Notes an event in the clerk's open shift, if there is one; answers the shift's id. */
export function noteAtTill(
  context: SimulatorContext,
  clerkId: string,
  event: Omit<ShiftEvent, 'no'>,
): Promise<string | undefined> {
  return changeBook(context.store, tillBook, clerkId, (till) => {
    const noted = noteShiftEvent(till, event);
    return { document: noted.ok ? noted.till : till, answer: noted.ok ? noted.shift.shiftId : undefined };
  });
}

/** Whether a shift is open still. */
export async function isShiftOpen(context: SimulatorContext, shiftId: string): Promise<boolean> {
  const tills = await listBook(context.store, tillBook);
  return tills.some((till) => openShiftOf(till)?.shiftId === shiftId);
}

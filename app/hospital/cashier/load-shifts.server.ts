import type { AppLoadContext } from '@remix-run/node';
import type { Person } from '../../../engine/index.ts';
import { problem } from '../../problem.ts';
import { hospitalDay } from '../roster.ts';
import type { Shift } from '../till/shift.ts';
import type { NamedShift } from './shifts-page.tsx';

/** Who sees everybody's shifts, and the day's settlement. */
const overseers = ['clerk-supervisor', 'finance-auditor', 'finance-head'];

const oversees = (person: Person) => person.roles.some((role) => overseers.includes(role));

async function named(context: AppLoadContext, shift: Shift): Promise<NamedShift> {
  const { directory, tenantId, clock } = context.services;
  const clerk = await directory.person(tenantId, shift.clerkId, clock.now());
  return { ...shift, clerkName: clerk?.name ?? shift.clerkId };
}

/** The shifts of a day: everybody's for those who oversee the office, else one's own. */
export async function loadShifts(context: AppLoadContext, person: Person, asked: string | null) {
  const { hospital, clock } = context.services;
  const day = asked !== null && /^\d{4}-\d\d-\d\d$/.test(asked) ? asked : hospitalDay(clock.now());
  const all = oversees(person);
  const shifts = await hospital.till.shifts({ day, ...(all ? {} : { clerkId: person.id }) });
  return {
    day,
    shifts: await Promise.all(shifts.map((shift) => named(context, shift))),
    settled: all ? await hospital.daySettlement(day) : null,
  };
}

/**
 * One shift.
 * @throws a 404 answer when there is none, a 403 answer for another clerk
 */
export async function loadShift(context: AppLoadContext, person: Person, shiftId: string): Promise<NamedShift> {
  const shift = await context.services.hospital.till.shift(shiftId);
  if (!shift) throw problem({ status: 404, back: '/cashier/shifts' });
  if (shift.clerkId !== person.id && !oversees(person)) throw problem({ status: 403, code: 'role', roles: overseers });
  return named(context, shift);
}

import { DateTime } from 'luxon';
import { chargeSteps } from '../evaluation-run.ts';
import type { WorkCalendar, WorkingHours } from './work-calendar.ts';

/** Steps of looking at one day; some fifty microseconds. */
const DAY = 20;

/** Hours of a local day. */
export function hoursOf({ week, days }: WorkCalendar, day: DateTime): WorkingHours {
  chargeSteps(DAY);
  const date = day.toFormat('yyyy-MM-dd');
  return (Object.hasOwn(days, date) ? days[date] : week[day.weekday - 1]) ?? [];
}

/** Whether anybody works on a local day. */
export function isWorkingDay(calendar: WorkCalendar, day: DateTime): boolean {
  return hoursOf(calendar, day).length > 0;
}

/**
 * The day `count` working days after `day` (before it, where negative), at the same time of day. None after it is the day itself, or the next
 * working day where it is free.
 */
export function addWorkingDays(calendar: WorkCalendar, day: DateTime, count: number): DateTime {
  let found = day;
  if (count === 0) while (!isWorkingDay(calendar, found)) found = found.plus({ days: 1 });
  for (let left = Math.abs(count); left > 0; ) {
    found = found.plus({ days: Math.sign(count) });
    if (isWorkingDay(calendar, found)) left -= 1;
  }
  return found;
}

/** Working days after the day of `from` up to and with the day of `to`; negative the other way round. */
export function workingDaysBetween(calendar: WorkCalendar, from: DateTime, to: DateTime): number {
  const [first, last] = [from.startOf('day'), to.startOf('day')];
  if (last < first) return -countDays(calendar, last, first.minus({ days: 1 }));
  return countDays(calendar, first.plus({ days: 1 }), last);
}

function countDays(calendar: WorkCalendar, first: DateTime, last: DateTime): number {
  let count = 0;
  for (let day = first; day <= last; day = day.plus({ days: 1 })) if (isWorkingDay(calendar, day)) count += 1;
  return count;
}

type Span = { readonly from: DateTime; readonly to: DateTime };

/** Working hours of the day as spans of time. */
function spansOf(calendar: WorkCalendar, day: DateTime): Span[] {
  const at = (minutes: number) => day.startOf('day').set({ hour: Math.floor(minutes / 60), minute: minutes % 60 });
  const end = (minutes: number) => (minutes === 24 * 60 ? day.startOf('day').plus({ days: 1 }) : at(minutes));
  return hoursOf(calendar, day).map(([from, to]) => ({ from: at(from), to: end(to) }));
}

/** When `milliseconds` of working time have passed since `from`; without any, `from` itself or the next moment of work. */
export function addWorkingTime(calendar: WorkCalendar, from: DateTime, milliseconds: number): DateTime {
  let left = milliseconds;
  for (let day = from; ; day = day.startOf('day').plus({ days: 1 })) {
    for (const span of spansOf(calendar, day)) {
      const begin = DateTime.max(span.from, from);
      const there = span.to.toMillis() - begin.toMillis();
      if (there <= 0) continue;
      if (left <= there) return begin.plus({ milliseconds: left });
      left -= there;
    }
  }
}

/** Milliseconds of working time from one moment to another; negative the other way round. */
export function workingTimeBetween(calendar: WorkCalendar, from: DateTime, to: DateTime): number {
  if (to < from) return -workingTimeBetween(calendar, to, from);
  let sum = 0;
  for (let day = from.startOf('day'); day <= to; day = day.plus({ days: 1 }))
    for (const span of spansOf(calendar, day)) {
      const shared = DateTime.min(span.to, to).toMillis() - DateTime.max(span.from, from).toMillis();
      sum += Math.max(0, shared);
    }
  return sum;
}

/** Whether somebody works at the moment. */
export function isWorkingTime(calendar: WorkCalendar, at: DateTime): boolean {
  return spansOf(calendar, at).some(({ from, to }) => from <= at && at < to);
}

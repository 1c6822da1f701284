import { FeelDate, FeelDateTime, parseDate, parseDateTime } from 'feelin';
import { DateTime, Duration } from 'luxon';
import { parseDuration } from '../arithmetic.ts';
import { type Builtin, refuseArguments } from '../builtin.ts';
import { instantOf } from '../date-times.ts';
import { calendarOfRun, zoneOfRun } from '../evaluation-run.ts';
import { feelTypeOf } from '../feel-type.ts';
import { EvaluationFailure } from '../limits.ts';
import type { WorkCalendar } from './work-calendar.ts';
import {
  addWorkingDays,
  addWorkingTime,
  isWorkingDay,
  isWorkingTime,
  workingDaysBetween,
  workingTimeBetween,
} from './working-time.ts';

/** A date, or a date and time; variables are JSON, so their texts count as what they say. */
function momentOf(value: unknown): { readonly at: DateTime; readonly isDate: boolean } | undefined {
  const zone = zoneOfRun();
  const feel = typeof value === 'string' ? (parseDateTime(value) ?? parseDate(value)) : value;
  const isDate = feel instanceof FeelDate;
  if (!isDate && !(feel instanceof FeelDateTime)) return undefined;
  const instant = isDate ? feel.toString() : instantOf(feel, zone);
  const at = instant === undefined ? undefined : DateTime.fromISO(instant, { zone });
  return at?.isValid ? { at, isDate } : undefined;
}

/** Length of a days and time duration; text counts as what it says. A length in months is none. */
function millisecondsOf(value: unknown): number | undefined {
  const feel = typeof value === 'string' ? parseDuration(value) : value;
  if (feelTypeOf(feel) !== 'duration') return undefined;
  const { years, months, ...rest } = Duration.fromISO(String(feel)).toObject();
  const length = Duration.fromObject(rest).toMillis();
  return years || months || length < 0 ? undefined : length;
}

function toFeel(at: DateTime, isDate: boolean): unknown {
  return isDate
    ? parseDate(at.toFormat('yyyy-MM-dd'))
    : parseDateTime(`${at.toFormat("yyyy-MM-dd'T'HH:mm:ss.SSS")}@${zoneOfRun()}`);
}

type Answer = (calendar: WorkCalendar, ...args: readonly unknown[]) => unknown;

/** A function of the hospital's calendar. `answer` gives undefined for arguments it cannot take. */
function onCalendar(name: string, parameters: readonly string[], answer: Answer, predicate = false): Builtin {
  return {
    ...{ parameters, predicate },
    call: (...args) => {
      const calendar = calendarOfRun();
      if (!calendar)
        throw new EvaluationFailure(`Expected a working calendar for ${name}(), but the hospital has none.`);
      const result = answer(calendar, ...args);
      return result === undefined ? refuseArguments(name, args) : result;
    },
  };
}

/** Two moments or nothing. */
function both(from: unknown, to: unknown): readonly [DateTime, DateTime] | undefined {
  const [first, second] = [momentOf(from), momentOf(to)];
  return first && second ? [first.at, second.at] : undefined;
}

/** Functions of the hospital's working days and hours; each is computed on the calendar that came in with the command. */
export const CALENDAR_BUILTINS: Readonly<Record<string, Builtin>> = {
  'is working day': onCalendar(
    'is working day',
    ['date'],
    (calendar, date) => {
      const moment = momentOf(date);
      return moment && isWorkingDay(calendar, moment.at);
    },
    true,
  ),
  'is working time': onCalendar(
    'is working time',
    ['at'],
    (calendar, at) => {
      const moment = momentOf(at);
      return moment && !moment.isDate ? isWorkingTime(calendar, moment.at) : undefined;
    },
    true,
  ),
  'add working days': onCalendar('add working days', ['from', 'days'], (calendar, from, days) => {
    const moment = momentOf(from);
    if (!moment || typeof days !== 'number' || !Number.isInteger(days)) return undefined;
    return toFeel(addWorkingDays(calendar, moment.at, days), moment.isDate);
  }),
  'add working time': onCalendar('add working time', ['from', 'duration'], (calendar, from, duration) => {
    const [moment, length] = [momentOf(from), millisecondsOf(duration)];
    return moment && length !== undefined ? toFeel(addWorkingTime(calendar, moment.at, length), false) : undefined;
  }),
  'working days between': onCalendar('working days between', ['from', 'to'], (calendar, from, to) => {
    const moments = both(from, to);
    return moments && workingDaysBetween(calendar, ...moments);
  }),
  'working time between': onCalendar('working time between', ['from', 'to'], (calendar, from, to) => {
    const moments = both(from, to);
    if (!moments) return undefined;
    const length = workingTimeBetween(calendar, ...moments);
    return parseDuration(`${length < 0 ? '-' : ''}PT${Math.abs(length) / 1000}S`);
  }),
};

const calls = new RegExp(`\\b(?:${Object.keys(CALENDAR_BUILTINS).join('|').replaceAll(' ', '\\s+')})\\s*\\(`);

/** Whether a text anywhere in a value calls a function of the calendar. Taken wide: a text that only looks like a call counts. */
export function callsCalendar(value: unknown): boolean {
  if (typeof value === 'string') return calls.test(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(callsCalendar);
}

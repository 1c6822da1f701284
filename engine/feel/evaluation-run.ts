import { type FeelDate, FeelDateTime, parseDate, parseDateTime } from 'feelin';
import { DateTime } from 'luxon';
import type { Instant } from '../core/json.ts';
import type { WorkCalendar } from './calendar/work-calendar.ts';
import { isContextValue } from './feel-type.ts';
import { EvaluationLimitExceeded, MAX_STEPS } from './limits.ts';
import { shownTime, wallClock } from './local-time.ts';

/** What an expression may know of the world: the command's instant and the hospital's time zone. */
export type FeelEnv = {
  /** What `now()` and `today()` answer. */
  readonly at: Instant;
  /** IANA name, e.g. `Asia/Shanghai`. */
  readonly zone: string;
  /** The hospital's working days and hours, for the functions of working time; without one these fail. */
  readonly calendar?: WorkCalendar;
};

/** Why a result may be `null`. Says names and types, never values. */
export type FeelWarning = {
  readonly code:
    | 'unknown-variable'
    | 'unknown-property'
    | 'not-comparable'
    | 'invalid-type'
    | 'invalid-arguments'
    | 'other';
  readonly message: string;
};

/** One evaluation under way: its environment, the steps left and the warnings so far. */
type Run = { readonly env: FeelEnv; steps: number; readonly warnings: FeelWarning[] };

/**
 * Evaluation is synchronous and FEEL's builtins get no argument for their surroundings, so the run under way stands here
 * while it lasts. Nothing outlives a call, so evaluation stays a pure function of its arguments.
 */
let current: Run | undefined;

const MAX_WARNINGS = 20;

/**
 * Does `work` as one evaluation. An evaluation begun inside another (a decision's business knowledge, called from FEEL)
 * shares the outer one's steps and warnings.
 */
export function withinRun<T>(env: FeelEnv, work: () => T): { readonly result: T; readonly warnings: FeelWarning[] } {
  if (current !== undefined) return { result: work(), warnings: [] };
  const run: Run = { env, steps: MAX_STEPS, warnings: [] };
  current = run;
  try {
    return { result: work(), warnings: run.warnings };
  } finally {
    current = undefined;
  }
}

/** Takes `steps` from what the evaluation may still do. Throws `EvaluationLimitExceeded` when nothing is left. */
export function chargeSteps(steps: number): void {
  if (current === undefined) return;
  current.steps -= steps;
  if (current.steps < 0) {
    throw new EvaluationLimitExceeded(`Expected at most ${MAX_STEPS} steps, but the expression needs more.`);
  }
}

const TEXT_PER_STEP = 64;

/** Charges what reading or copying a value costs at its surface: a text by length, a list by elements, a context by entries. */
export function chargeSurface(value: unknown): void {
  if (typeof value === 'string') chargeSteps(Math.ceil(value.length / TEXT_PER_STEP));
  else if (Array.isArray(value)) chargeSteps(value.length);
  else if (isContextValue(value)) chargeSteps(Object.keys(value).length);
}

/** Charges one step for every element of a value, however deep. Call before anything that walks the whole value. */
export function chargeWhole(value: unknown): void {
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    chargeSteps(1);
    if (typeof next === 'string') chargeSurface(next);
    if (typeof next !== 'object' || next === null) continue;
    if (Array.isArray(next) || Object.getPrototypeOf(next) === Object.prototype) {
      for (const item of Object.values(next)) open.push(item);
    }
  }
}

/** Notes why something became `null`. */
export function warn(code: FeelWarning['code'], message: string): null {
  if (current !== undefined && current.warnings.length < MAX_WARNINGS) current.warnings.push({ code, message });
  return null;
}

/** The zone local date-times are understood in. */
export function zoneOfRun(): string {
  return current?.env.zone ?? 'UTC';
}

/** The hospital's working calendar, where the run has one. */
export function calendarOfRun(): WorkCalendar | undefined {
  return current?.env.calendar;
}

/** The instant asked for last: a command's expressions all ask for the same one, and reading it costs more than most of them. */
let lastNow: { readonly at: Instant; readonly zone: string; readonly now: FeelDateTime | null } | undefined;

/** The run's instant as a FEEL date and time in the run's zone. */
export function nowOfRun(): FeelDateTime | null {
  if (current === undefined) return null;
  const { at, zone } = current.env;
  if (lastNow?.at === at && lastNow.zone === zone) return lastNow.now;
  const now = readNow(at, zone);
  lastNow = { at, zone, now };
  return now;
}

/** Midnight of 1 January 1970 in the zone asked for last, from which every other time is counted: that is cheaper than reading one. */
let lastEpoch: { readonly zone: string; readonly epoch: FeelDateTime | null } | undefined;

function readNow(at: Instant, zone: string): FeelDateTime | null {
  const shown = shownTime(at, zone);
  if (shown === undefined) {
    const text = luxonWallClock(at, zone);
    return text === undefined ? null : dateTimeIn(zone, text);
  }
  if (lastEpoch?.zone !== zone) lastEpoch = { zone, epoch: dateTimeIn(zone, '1970-01-01T00:00:00') };
  const { epoch } = lastEpoch;
  return epoch && new FeelDateTime(epoch.unwrap().add({ milliseconds: shown }), epoch.timezone);
}

function dateTimeIn(zone: string, text: string): FeelDateTime | null {
  return parseDateTime(`${text}${zone === 'UTC' ? 'Z' : `@${zone}`}`);
}

/** The day the run's instant falls on in the run's zone. */
export function todayOfRun(): FeelDate | null {
  if (current === undefined) return null;
  const shown = shownAt(current.env.at, current.env.zone);
  return shown === undefined ? null : parseDate(shown.slice(0, 10));
}

function shownAt(at: Instant, zone: string): string | undefined {
  return wallClock(at, zone) ?? luxonWallClock(at, zone);
}

function luxonWallClock(at: Instant, zone: string): string | undefined {
  const local = DateTime.fromISO(at, { zone });
  return local.isValid ? local.toFormat("yyyy-MM-dd'T'HH:mm:ss.SSS") : undefined;
}

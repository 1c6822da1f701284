import type { Instant } from '../../engine/index.ts';
import { staff } from './staff.ts';

/**
 * Who is on duty: `clock` follows the demo roster (everybody by day, the night staff otherwise), `day` and `night`
 * hold one of the two whatever the time, a list names the people on duty.
 */
export type Roster = 'clock' | 'day' | 'night' | readonly string[];

/** On duty from 20:00 to 08:00 Asia/Shanghai. */
export const nightStaff: readonly string[] = [
  'clerk-ma',
  'gc-zhou',
  'dr-sun',
  'nurse-xu',
  'nurse-liu',
  'tech-liang',
  'rad-tang',
  'ph-dong',
  'disp-cao',
];

const hospitalOffsetHours = 8;
const dayStartHour = 8;
const dayEndHour = 20;

/** Hour of the day (0-23) in Asia/Shanghai, which has had one offset since 1991. */
export function hospitalHour(at: Instant): number {
  return (new Date(at).getUTCHours() + hospitalOffsetHours) % 24;
}

/** Calendar day `YYYY-MM-DD` in Asia/Shanghai. */
export function hospitalDay(at: Instant): string {
  return new Date(Date.parse(at) + hospitalOffsetHours * 3_600_000).toISOString().slice(0, 10);
}

/** Whether the demo roster's day shift (08:00-20:00) runs at `at`. */
export function isDayShift(at: Instant): boolean {
  const hour = hospitalHour(at);
  return hour >= dayStartHour && hour < dayEndHour;
}

/** Ids of everybody on duty at `at`. */
export function onDuty(roster: Roster, at: Instant): readonly string[] {
  if (typeof roster !== 'string') return roster;
  const day = roster === 'clock' ? isDayShift(at) : roster === 'day';
  return day ? staff.map((person) => person.id) : nightStaff;
}

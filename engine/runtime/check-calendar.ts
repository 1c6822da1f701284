import type { CompiledDefinition } from '../ir/definition.ts';
import type { Finding } from '../ir/finding.ts';
import type { WorkCalendars } from './ports.ts';

/** A flow that counts in working days or hours needs the hospital's calendar. */
export function checkCalendar(
  { readsCalendar, key }: CompiledDefinition,
  calendars: WorkCalendars | undefined,
): readonly Finding[] {
  if (!readsCalendar || calendars) return [];
  const message = `Expected a working calendar of the hospital for ${key}, which counts in working time, but there is none`;
  return [{ rule: 'calendar-missing', severity: 'error', message, path: 'calendar' }];
}

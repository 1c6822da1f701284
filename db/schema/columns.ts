import { customType } from 'drizzle-orm/pg-core';
import type { Instant } from '../../engine/index.ts';

/** A timestamptz read and written as the engine's instants: UTC, milliseconds, `Z`. */
export const instant = customType<{ data: Instant; driverData: string }>({
  dataType: () => 'timestamp (3) with time zone',
  fromDriver: (value) => toInstant(value),
  toDriver: (value) => value,
});

/** Any text or date PostgreSQL gives for an instant, in the engine's form. */
export function toInstant(value: string | Date): Instant {
  return (value instanceof Date ? value : new Date(value)).toISOString();
}

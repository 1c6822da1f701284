import { type SQL, sql } from 'drizzle-orm';
import type { archivedCases } from '../schema/archives.ts';
import type { cases } from '../schema/cases.ts';

/** Case ids by their first 8 digits or more, as a range. */
export function idBeginsWith(text: string, caseId: typeof cases.caseId | typeof archivedCases.caseId): SQL | undefined {
  const digits = text.toLowerCase().replaceAll('-', '');
  if (!/^[0-9a-f]{8,32}$/.test(digits)) return undefined;
  return sql`${caseId} between ${digits.padEnd(32, '0')}::uuid and ${digits.padEnd(32, 'f')}::uuid`;
}

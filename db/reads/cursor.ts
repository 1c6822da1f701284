import { z } from 'zod';

/** Where a page ended, as an opaque text. */
export function printCursor(parts: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** The place a cursor names; undefined when it is none of ours, which then reads as the first page. */
export function parseCursor<T>(cursor: string | undefined, shape: z.ZodType<T>): T | undefined {
  if (cursor === undefined) return undefined;
  try {
    return shape.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    return undefined;
  }
}

/** Limit of a page: what was asked, between 1 and 200. */
export function pageLimit(limit: number): number {
  return Math.min(200, Math.max(1, Math.trunc(limit)));
}

/** End of a prefix range in byte order: every text that begins with the prefix sorts before it. */
export function endOfPrefix(prefix: string): string {
  return `${prefix}\u{10FFFF}`;
}

/** Cursor of lists ordered by case: the last case's id. */
export const caseCursor = z.tuple([z.uuid()]);

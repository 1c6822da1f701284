import { canonicalJson } from '../canonical-json.ts';

/** Whether two pieces of a definition say the same. */
export function sameJson(a: unknown, b: unknown): boolean {
  return a === b || canonicalJson(a ?? null) === canonicalJson(b ?? null);
}

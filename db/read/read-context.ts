import type { Clock, Directory, KeyRing } from '../../engine/index.ts';
import type { Database } from '../connect.ts';

/** What the read models read from. */
export type ReadContext = {
  readonly database: Database;
  readonly keyRing: KeyRing;
  readonly directory: Directory;
  readonly clock: Clock;
};

/** `{ name: value }` when there is a value, so absent columns become absent properties. */
export function present<K extends string, V>(name: K, value: V | null | undefined): { readonly [key in K]?: V } {
  if (value === null || value === undefined) return {};
  const property: { [key in K]?: V } = {};
  property[name] = value;
  return property;
}

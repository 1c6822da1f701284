import serialize from 'canonicalize';
import type { Json } from '../core/json.ts';

/**
 * The one text of a JSON value (RFC 8785): keys sorted, numbers in their shortest form. States and history are stored and hashed as this.
 * Thrown for what JSON cannot say (undefined at the top, NaN, infinity).
 */
export function canonicalJson(value: Json | Readonly<Record<string, unknown>>): string {
  const text = serialize(value);
  if (text === undefined) throw new Error('Expected a JSON value, but it has none');
  return text;
}

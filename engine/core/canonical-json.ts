import canonicalize from 'canonicalize';
import { InvariantError } from './invariant-error.ts';

/**
 * Canonical JSON (RFC 8785): keys sorted, numbers in their shortest form, no white space. Two values are the same
 * exactly when their texts are, byte for byte. Members that are `undefined` are left out.
 * Thrown when a value has no JSON form (`NaN`, a lone surrogate, a function): `InvariantError`; the edge refuses such input.
 */
export function canonicalJson(value: unknown): string {
  const text = serialized(value);
  if (text === undefined) throw new InvariantError('Expected a JSON value, but it has no JSON form');
  return text;
}

function serialized(value: unknown): string | undefined {
  try {
    return canonicalize(value);
  } catch (error) {
    throw new InvariantError(`Expected a JSON value, but: ${error instanceof Error ? error.message : 'it is none'}`);
  }
}

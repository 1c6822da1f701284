import { canonicalJson } from '../core/canonical-json.ts';
import type { CaseState } from '../core/state.ts';

/** The state as it is stored: canonical JSON, so that replayed history can be compared byte for byte. */
export function printState(state: CaseState): string {
  return canonicalJson(state);
}

/** Reads a stored state. Only `printState` writes one, in the commit that the history vouches for, so its shape is not checked again. */
export function parseState(text: string): CaseState {
  return JSON.parse(text);
}

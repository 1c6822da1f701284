import { InvariantError } from '../../../engine/index.ts';

/** Whether what was thrown can only come of a fault in the program: a line that breaks does not throw this. */
export function isBug(error: unknown): boolean {
  return [InvariantError, TypeError, RangeError, ReferenceError].some((kind) => error instanceof kind);
}

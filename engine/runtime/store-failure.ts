/**
 * What a failed call to a store means for whoever made it. `retry`: surely nothing was stored, and the same call may succeed in a moment.
 * `unknown-outcome`: it may have been stored or not; load again (with the request's key) and see. `refused`: it will never succeed as it is.
 */
export type FailureMeaning = 'retry' | 'unknown-outcome' | 'refused';

/**
 * How every method of a store fails. Anything else a store throws is a bug of ours. The message has no values of a case: it goes to the log.
 */
export class StoreFailure extends Error {
  readonly meaning: FailureMeaning;
  /** SQLSTATE, or the driver's own code. */
  readonly code: string;

  /** `place` names a constraint, table or routine. */
  constructor(meaning: FailureMeaning, code: string, place?: string) {
    super(`The store failed (${meaning}, ${code}${place === undefined ? '' : ` at ${place}`})`);
    this.name = 'StoreFailure';
    this.meaning = meaning;
    this.code = code;
  }
}

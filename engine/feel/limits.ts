/** Longest source of one expression, in UTF-16 code units. */
export const MAX_SOURCE_LENGTH = 4_000;

/** Most different FEEL of a whole package, in characters of `amountOf`; parsing it all takes a second. */
export const MAX_AMOUNT = 100_000;

/** What an expression counts for: its length, and a short one for what reading any costs. */
export function amountOf(source: string): number {
  return Math.max(source.length, 75);
}

/** Deepest nesting of one expression. A chain of one operator (`a or b or c`) counts once. */
export const MAX_DEPTH = 50;

/** Most numbers a range may stand for when it is iterated (`for i in 1..n`). */
export const MAX_RANGE = 10_000;

/** Longest text an expression may build, in UTF-16 code units. */
export const MAX_TEXT_LENGTH = 100_000;

/**
 * Steps one evaluation may take. A step is an element iterated, copied, compared or converted.
 * Counting steps instead of milliseconds makes the limit the same on every machine, so a replay meets it at the same place.
 */
export const MAX_STEPS = 100_000;

/** Thrown inside an evaluation that went over a limit; `evaluate` turns it into `limit-exceeded`. Never leaves this folder. */
export class EvaluationLimitExceeded extends Error {
  override readonly name = 'EvaluationLimitExceeded';
}

/** Thrown by a function that cannot answer, one the caller put into the scope among them; its message reaches the caller again. */
export class EvaluationFailure extends Error {
  override readonly name = 'EvaluationFailure';
}

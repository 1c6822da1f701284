/** Why a decision gave no answer. */
export type DecisionFailureCode =
  | 'decision-not-found'
  | 'several-rules-match'
  | 'rules-disagree'
  | 'output-without-priority'
  | 'cannot-aggregate'
  | 'wrong-type'
  | 'limit-exceeded'
  | 'not-json'
  | 'expression-failed';

/** Thrown while a decision is evaluated; `evaluateDecision` turns it into a value. Never leaves this folder. */
export class DecisionFailure extends Error {
  readonly code: DecisionFailureCode;
  constructor(code: DecisionFailureCode, message: string) {
    super(message);
    this.code = code;
  }
}

import type { Language } from '../ir/package.ts';

/** Why a command was refused. Nothing has changed. The closed list is what a caller may branch on. */
export type RejectionCode =
  | 'case-not-found'
  | 'case-already-exists'
  | 'case-ended'
  | 'definition-not-found'
  | 'start-not-found'
  | 'task-not-found'
  | 'task-already-completed'
  | 'task-claimed-by-other'
  | 'not-eligible'
  | 'separation-of-duties'
  | 'override-not-allowed'
  | 'phase-not-open'
  | 'phase-busy'
  | 'timer-not-found'
  | 'subscription-not-found'
  | 'job-not-found'
  | 'incident-not-found'
  | 'invalid-form'
  | 'invalid-input'
  | 'batch-not-found'
  | 'batch-moved-on'
  | 'batch-too-large'
  | 'modification-refused'
  | 'migration-refused'
  | 'limit-exceeded'
  | 'unsound'
  | 'key-reused'
  | 'busy'
  | 'overloaded'
  | 'unavailable';

/** A command refused. `message` reads "Expected …, but …" in English; `params` fill the catalogue's sentence in the user's language. */
export type Rejection = {
  readonly code: RejectionCode;
  readonly message: string;
  readonly params?: Readonly<Record<string, string | number>>;
  /** For `invalid-form`: one entry a field, by JSON pointer. */
  readonly fields?: readonly FieldProblem[];
};

/** A field whose value was refused. `message` is in Chinese; `messages` has it in every language of the product. */
export type FieldProblem = {
  readonly path: string;
  readonly message: string;
  readonly messages?: Readonly<Record<Language, string>>;
};

/** A value or a refusal. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly rejection: Rejection };

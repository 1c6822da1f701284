/**
 * Who issues a command, with the facts eligibility is decided on. The facts are read by the caller when the command is made
 * and recorded with it, so a replay decides on what was known then.
 */
export type Actor = Person | SystemActor;

/** A person of the hospital. Codes, not texts: roles, department and credentials are the directory's codes. */
export type Person = {
  readonly kind: 'person';
  readonly id: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly department: string;
  /** Credentials valid at the command's `at`, e.g. `report-review`, `prescribe-narcotic`. */
  readonly credentials: readonly string[];
  readonly onDuty: boolean;
};

/** Meridian itself, a timer, a connector or another system. */
export type SystemActor = { readonly kind: 'system'; readonly id: string };

/** A rule of separation of duties set aside by name and reason because nobody else is there; goes to review. */
export type DutyOverride = { readonly reason: string };

/**
 * Who may work on a task. Evaluated when the task opens, stored with it, and decided by `checkEligibility` alone,
 * for every way in: list, link, API, batch, delegation.
 */
export type EligibilityRule = {
  /** Role codes of which the person needs one. Empty: any role. */
  readonly roles: readonly string[];
  /** Persons who may work on it beside those roles; without roles nobody else may. Absent: no one is named. */
  readonly persons?: readonly string[];
  /** Department code the person must belong to. */
  readonly department?: string;
  /** Credential codes of which the person needs all. */
  readonly credentials: readonly string[];
  readonly onDuty: boolean;
  /** Flow nodes whose completers, anywhere in this case, are excluded (separation of duties inside the case). */
  readonly notActorOf: readonly string[];
  /** Persons excluded by a fact of the case, e.g. who charged the sale that is refunded now. */
  readonly notPersons: readonly string[];
  /** Whether a documented override of `notActorOf` and `notPersons` is allowed when nobody else eligible is on duty. */
  readonly override: 'never' | 'documented';
};

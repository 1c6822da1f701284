import type { Actor } from '../core/actor.ts';
import { checkEligibility } from '../core/check-eligibility.ts';
import type { EligibilityRule } from '../core/eligibility-rule.ts';

/** Who may change running cases, and from how many on a second person must agree. The hospital's own decision. */
export type ChangePolicy = {
  readonly authority: EligibilityRule;
  /** A batch over more cases than this is released by somebody else than who asked for it. */
  readonly secondPersonAbove: number;
  /** Cases or incidents that one batch of retries or cancelling may take in. */
  readonly mostChosen: number;
};

/** A rule that asks for one of these roles and nothing else. */
export function anyOfRoles(roles: readonly string[]): EligibilityRule {
  return { roles, credentials: [], onDuty: false, notActorOf: [], notPersons: [], override: 'never' };
}

/** What holds where the hospital has not said otherwise. */
export const defaultChangePolicy: ChangePolicy = {
  authority: anyOfRoles(['system-admin', 'process-owner']),
  secondPersonAbove: 20,
  mostChosen: 5_000,
};

/** Whether somebody may change running cases; the command itself asks the same. */
export function mayChangeCases({ authority }: ChangePolicy, by: Actor): boolean {
  return checkEligibility(authority, by, {}).ok;
}

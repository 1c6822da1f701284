import type { Actor, DutyOverride, Person } from './actor.ts';
import type { EligibilityRule } from './eligibility-rule.ts';
import type { Rejection } from './rejection.ts';

/** What an override is judged by. */
export type OverrideRequest = {
  readonly override?: DutyOverride;
  /** Eligible people on duty other than this one; an override needs 0, counted by the caller. */
  readonly othersOnDuty?: number;
};

/** Whether a person may work on a task. `overrideUsed`: only because a separation of duties was set aside, which goes to review. */
export type EligibilityVerdict =
  | { readonly ok: true; readonly overrideUsed: boolean }
  | { readonly ok: false; readonly rejection: Rejection };

/**
 * The one place that decides who may work on a task, for every way in: list, link, page, API, batch, delegation, substitution. The person's
 * facts (roles, department, credentials, duty) are those of the command's time; `actorsByElement` is the case's own record.
 */
export function checkEligibility(
  rule: EligibilityRule,
  person: Actor,
  actorsByElement: Readonly<Record<string, readonly string[]>>,
  request: OverrideRequest = {},
): EligibilityVerdict {
  if (person.kind !== 'person') return refused('not-eligible', 'a person', 'it is the system', { reason: 'system' });
  return missingFact(rule, person) ?? separation(rule, person, actorsByElement, request);
}

function missingFact(rule: EligibilityRule, person: Person): EligibilityVerdict | undefined {
  const { roles, persons = [], department, credentials, onDuty } = rule;
  const named = persons.includes(person.id);
  if (!named && persons.length > 0 && roles.length === 0)
    return refused('not-eligible', 'one of the persons named', `${person.id} is not`, { reason: 'person' });
  if (!named && roles.length > 0 && !roles.some((role) => person.roles.includes(role)))
    return refused('not-eligible', `one of the roles ${roles.join(', ')}`, `${person.id} has none of them`, {
      reason: 'role',
      roles: roles.join(', '),
    });
  if (department !== undefined && person.department !== department)
    return refused('not-eligible', `department ${department}`, `${person.id} belongs to ${person.department}`, {
      reason: 'department',
      department,
    });
  const missing = credentials.filter((credential) => !person.credentials.includes(credential));
  if (missing.length > 0)
    return refused('not-eligible', `credentials ${missing.join(', ')}`, `${person.id} does not hold them now`, {
      reason: 'credential',
      credentials: missing.join(', '),
    });
  if (onDuty && !person.onDuty)
    return refused('not-eligible', 'someone on duty', `${person.id} is not on duty`, { reason: 'duty' });
  return undefined;
}

function separation(
  rule: EligibilityRule,
  person: Person,
  actorsByElement: Readonly<Record<string, readonly string[]>>,
  request: OverrideRequest,
): EligibilityVerdict {
  const acted = rule.notActorOf.find(
    (element) => Object.hasOwn(actorsByElement, element) && actorsByElement[element]?.includes(person.id),
  );
  if (acted === undefined && !rule.notPersons.includes(person.id)) return { ok: true, overrideUsed: false };
  if (!request.override)
    return refused(
      'separation-of-duties',
      'another person',
      acted === undefined ? `${person.id} is excluded by a fact of the case` : `${person.id} did ${acted}`,
      {
        person: person.id,
        ...(acted === undefined ? {} : { element: acted }),
      },
    );
  return overridden(rule, request.override, request.othersOnDuty);
}

function overridden(
  rule: EligibilityRule,
  override: DutyOverride,
  othersOnDuty: number | undefined,
): EligibilityVerdict {
  if (rule.override !== 'documented')
    return refused('override-not-allowed', 'another person', 'this task allows no override', { reason: 'never' });
  if (othersOnDuty !== 0)
    return refused('override-not-allowed', 'nobody else on duty', `there are ${othersOnDuty ?? 'perhaps'} others`, {
      reason: 'others-on-duty',
      others: othersOnDuty ?? -1,
    });
  if (override.reason.trim() === '')
    return refused('override-not-allowed', 'a reason for the override', 'there is none', { reason: 'no-reason' });
  return { ok: true, overrideUsed: true };
}

function refused(
  code: Rejection['code'],
  expected: string,
  but: string,
  params: Record<string, string | number>,
): EligibilityVerdict {
  return { ok: false, rejection: { code, message: `Expected ${expected}, but ${but}`, params } };
}

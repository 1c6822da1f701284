import { describe, expect, test } from 'vitest';
import type { Person } from './actor.ts';
import { checkEligibility, type OverrideRequest } from './check-eligibility.ts';
import type { EligibilityRule } from './eligibility-rule.ts';

const rule: EligibilityRule = {
  roles: ['pharmacist', 'pharmacy-head'],
  department: 'OPH',
  credentials: ['prescription-review'],
  onDuty: true,
  notActorOf: ['Dispense'],
  notPersons: ['php-yuan'],
  override: 'documented',
};
const feng: Person = {
  kind: 'person',
  id: 'ph-feng',
  name: '冯琳',
  roles: ['pharmacist'],
  department: 'OPH',
  credentials: ['prescription-review'],
  onDuty: true,
};

function verdict(
  person: Partial<Person>,
  actors: Record<string, string[]> = {},
  request: OverrideRequest = {},
  on = rule,
) {
  const result = checkEligibility(on, { ...feng, ...person }, actors, request);
  return result.ok ? result : { code: result.rejection.code, ...result.rejection.params };
}

describe('eligibility', () => {
  test('allows a person who has everything the rule asks for', () => {
    expect(verdict({})).toEqual({ ok: true, overrideUsed: false });
    expect(verdict({ roles: ['pharmacy-head', 'nurse'] })).toEqual({ ok: true, overrideUsed: false });
  });

  test.each([
    ['role', { roles: ['nurse'] }],
    ['department', { department: 'IPH' }],
    ['credential', { credentials: [] }],
    ['duty', { onDuty: false }],
  ])('refuses without the %s', (reason, person) => {
    expect(verdict(person)).toMatchObject({ code: 'not-eligible', reason });
  });

  test('refuses the system: a person must act', () => {
    const result = checkEligibility({ ...rule, roles: [] }, { kind: 'system', id: 'timer' }, {});
    expect(result).toMatchObject({ ok: false, rejection: { code: 'not-eligible' } });
  });

  test('refuses whoever did the other step in this case, and whoever a fact of the case excludes', () => {
    expect(verdict({}, { Dispense: ['disp-xiao', 'ph-feng'] })).toMatchObject({
      code: 'separation-of-duties',
      element: 'Dispense',
    });
    expect(verdict({ id: 'php-yuan' })).toMatchObject({ code: 'separation-of-duties', person: 'php-yuan' });
    expect(verdict({}, { Other: ['ph-feng'] })).toEqual({ ok: true, overrideUsed: false });
  });

  test('sets a separation of duties aside with a reason, when the caller counted nobody else', () => {
    const done = { Dispense: ['ph-feng'] };
    const override = { reason: 'alone at night' };
    expect(verdict({}, done, { override, othersOnDuty: 0 })).toEqual({ ok: true, overrideUsed: true });
    expect(verdict({}, done, { override, othersOnDuty: 2 })).toMatchObject({ code: 'override-not-allowed', others: 2 });
    expect(verdict({}, done, { override })).toMatchObject({ code: 'override-not-allowed' });
    expect(verdict({}, done, { override: { reason: ' ' }, othersOnDuty: 0 })).toMatchObject({ reason: 'no-reason' });
    const strict = { ...rule, override: 'never' } as const;
    expect(verdict({}, done, { override, othersOnDuty: 0 }, strict)).toMatchObject({ reason: 'never' });
  });

  test('never sets aside a missing role or credential', () => {
    const request = { override: { reason: 'night' }, othersOnDuty: 0 };
    expect(verdict({ credentials: [] }, {}, request)).toMatchObject({ code: 'not-eligible' });
  });

  test('does not note an override that was not needed', () => {
    expect(verdict({}, {}, { override: { reason: 'night' }, othersOnDuty: 0 })).toEqual({
      ok: true,
      overrideUsed: false,
    });
  });
});

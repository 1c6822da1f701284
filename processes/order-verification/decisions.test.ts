import { describe, expect, test } from 'vitest';
import { compileDecisions, evaluateDecision } from '../../engine/dmn/index.ts';
import type { JsonObject } from '../../engine/index.ts';
import { loadShippedPackage } from '../index.ts';

const { pkg } = await loadShippedPackage('order-verification');
const compiled = await compileDecisions(pkg.decisions);
const env = { at: '2026-03-02T00:00:00.000Z', zone: 'Asia/Shanghai' };

function decide(decisionId: string, context: JsonObject) {
  const result = evaluateDecision(compiled.decisions, decisionId, context, env);
  if (!result.ok) throw new Error(result.message);
  return result.value;
}

const ordinary = {
  highAlert: 'none',
  drugClass: 'ordinary',
  antimicrobialTier: 'none',
  hazardous: false,
  skinTest: false,
  ingredient: 'furosemide',
};

test('the hospital’s tables compile without a finding', () => {
  expect(compiled.findings).toEqual([]);
});

describe('frequency-times: when a frequency is given', () => {
  test.each([
    ['QD', ['08:00'], 1],
    ['BID', ['08:00', '16:00'], 1],
    ['TID', ['08:00', '12:00', '16:00'], 1],
    ['QID', ['08:00', '12:00', '16:00', '20:00'], 1],
    ['Q6H', ['02:00', '08:00', '14:00', '20:00'], 1],
    ['Q8H', ['00:00', '08:00', '16:00'], 1],
    ['Q12H', ['08:00', '20:00'], 1],
    ['QN', ['20:00'], 1],
    ['HS', ['21:00'], 1],
    ['QOD', ['08:00'], 2],
    ['Q3D', ['08:00'], 3],
    ['QW', ['08:00'], 7],
  ])('%s', (freq, times, everyDays) => {
    expect(decide('frequency-times', { order: { freq, route: 'po' } })).toEqual({
      kind: 'scheduled',
      times,
      everyDays,
    });
  });

  test.each([
    ['ST', 'immediate'],
    ['PRN', 'prn'],
    ['SOS', 'sos'],
    ['CONT', 'continuous'],
  ])('%s has no times of its own', (freq, kind) => {
    expect(decide('frequency-times', { order: { freq, route: 'iv' } })).toMatchObject({ kind, times: [] });
  });
});

describe('order-screening: what follows from the screen', () => {
  test.each([
    ['a hard stop', 'block', {}, {}, 'block'],
    ['a warning', 'warn', {}, {}, 'warn'],
    ['nothing found', 'pass', {}, {}, 'pass'],
    ['an antimicrobial without purpose', 'pass', { antimicrobialTier: 'restricted' }, {}, 'block'],
    [
      'an antimicrobial with purpose',
      'pass',
      { antimicrobialTier: 'restricted' },
      { antimicrobialPurpose: 'treatment' },
      'pass',
    ],
    ['a narcotic without reason', 'warn', { drugClass: 'narcotic' }, {}, 'block'],
    ['a narcotic with reason', 'pass', { drugClass: 'narcotic' }, { narcoticReason: 'cancer pain' }, 'pass'],
  ])('%s', (_what, result, drug, order, verdict) => {
    expect(decide('order-screening', { screening: { result, drug: { ...ordinary, ...drug } }, order })).toMatchObject({
      verdict,
    });
  });
});

describe('double-check: who needs a second person at every dose', () => {
  test.each([
    ['high-alert A', { highAlert: 'A' }, 60, true],
    ['high-alert B', { highAlert: 'B' }, 60, true],
    ['high-alert C', { highAlert: 'C' }, 60, false],
    ['a narcotic', { drugClass: 'narcotic' }, 60, true],
    ['chemotherapy', { drugClass: 'chemo' }, 60, true],
    ['a blood product', { drugClass: 'blood-product' }, 60, true],
    ['a child', {}, 13, true],
    ['an ordinary drug', {}, 14, false],
  ])('%s', (_what, drug, age, required) => {
    const context = { screening: { drug: { ...ordinary, ...drug } }, patient: { age } };
    expect(decide('double-check', context)).toMatchObject({ required });
  });
});

describe('dispensing-place: where a dose comes from', () => {
  test.each([
    ['hazardous, even at once', { hazardous: true }, 'immediate', 'ivgtt', 'pivas'],
    ['a narcotic, even as needed', { drugClass: 'narcotic' }, 'prn', 'ih', 'pharmacy'],
    ['at once', {}, 'immediate', 'ivgtt', 'ward-stock'],
    ['a scheduled infusion', {}, 'scheduled', 'ivgtt', 'pivas'],
    ['scheduled tablets', {}, 'scheduled', 'po', 'pharmacy'],
  ])('%s', (_what, drug, kind, route, place) => {
    const context = { screening: { drug: { ...ordinary, ...drug } }, frequency: { kind }, order: { route } };
    expect(decide('dispensing-place', context)).toBe(place);
  });
});

describe('pivas-cut-off: whether the batch is still open', () => {
  test.each([
    ['next morning, 14 h', false, 14, false, 'pivas'],
    ['next morning, 15 h', false, 15, false, 'ward-admix'],
    ['same day, 9 h', true, 9, false, 'pivas'],
    ['same day, 10 h', true, 10, false, 'ward-admix'],
    ['past the cut-off, hazardous', false, 16, true, 'pivas'],
  ])('%s', (_what, firstDoseToday, hourNow, hazardous, route) => {
    const context = { firstDoseToday, hourNow, screening: { drug: { ...ordinary, hazardous } } };
    expect(decide('pivas-cut-off', context)).toMatchObject({ route });
  });
});

describe('skin-test-needed', () => {
  test.each([
    ['no earlier result', true, null, true],
    ['a negative result of yesterday', true, 24, false],
    ['a negative result at the end of its validity', true, 72, false],
    ['a negative result grown old', true, 73, true],
    ['a drug without test', false, null, false],
  ])('%s', (_what, skinTest, priorTestHours, needed) => {
    const context = { screening: { drug: { ...ordinary, skinTest } }, priorTestHours };
    expect(decide('skin-test-needed', context)).toBe(needed);
  });
});

describe('dose-rules: time window and observation', () => {
  test.each([
    ['a narcotic', { drugClass: 'narcotic' }, false, 30, true],
    ['the first antibiotic', { antimicrobialTier: 'restricted' }, true, 30, true],
    ['a later antibiotic', { antimicrobialTier: 'restricted' }, false, 30, false],
    ['insulin', { ingredient: 'insulin-aspart' }, true, 15, false],
    ['anything else', {}, true, 30, false],
  ])('%s', (_what, drug, firstDose, windowMinutes, observe) => {
    const context = { screening: { drug: { ...ordinary, ...drug } }, firstDose };
    expect(decide('dose-rules', context)).toEqual({ windowMinutes, observe });
  });
});

describe('prescription-form: the right form for the class', () => {
  test.each([
    ['narcotic', 'narcotic', true],
    ['narcotic', 'ordinary', false],
    ['psychotropic-1', 'narcotic', true],
    ['psychotropic-2', 'psychotropic-2', true],
    ['psychotropic-2', 'ordinary', false],
    ['ordinary', 'narcotic', false],
    ['ordinary', 'emergency', true],
  ])('%s on %s', (drugClass, kind, ok) => {
    const context = { screening: { drug: { ...ordinary, drugClass } }, rx: { kind } };
    expect(decide('prescription-form', context)).toMatchObject({ ok });
  });
});

import { describe, expect, test } from 'vitest';
import { compileDecisions, evaluateDecision } from '../../engine/dmn/index.ts';
import type { JsonObject } from '../../engine/index.ts';
import { loadShippedPackage } from '../index.ts';

const { pkg } = await loadShippedPackage('return-then-refund');
const compiled = await compileDecisions(pkg.decisions);
const env = { at: '2026-03-02T00:00:00.000Z', zone: 'Asia/Shanghai' };

function decide(decisionId: string, context: JsonObject) {
  const result = evaluateDecision(compiled.decisions, decisionId, context, env);
  if (!result.ok) throw new Error(result.message);
  expect(result.warnings).toEqual([]);
  return result.value;
}

test('the hospital’s tables compile without a finding', () => {
  expect(compiled.findings).toEqual([]);
});

describe('line-route: which way a line takes', () => {
  const route = (line: JsonObject) =>
    decide('line-route', {
      line: {
        kind: 'drug',
        state: 'dispensed',
        packState: 'unopened',
        reasonCode: 'order-changed',
        returnableQty: 1,
        ...line,
      },
    });

  test.each([
    [{ state: 'unpaid' }, 'void-unpaid'],
    [{ state: 'paid' }, 'cancel-pick'],
    [{ state: 'picked' }, 'un-pick'],
    [{ state: 'dispensed' }, 'inspect'],
    [{ state: 'dispensed', packState: 'opened' }, 'refuse'],
    [{ state: 'dispensed', packState: 'opened', reasonCode: 'quality' }, 'inspect'],
    [{ state: 'dispensed', packState: 'opened', reasonCode: 'dispensing-error' }, 'inspect'],
    [{ state: 'administered', reasonCode: 'quality' }, 'refuse'],
    [{ state: 'admixed' }, 'head'],
    [{ kind: 'exam', state: 'paid' }, 'direct'],
    [{ kind: 'exam', state: 'started' }, 'agree'],
    [{ kind: 'exam', state: 'reported' }, 'refuse'],
    [{ kind: 'treatment', state: 'paid', returnableQty: 7 }, 'direct'],
    [{ kind: 'treatment', state: 'paid', returnableQty: 0 }, 'refuse'],
    [{ state: 'unheard-of' }, 'refuse'],
  ])('%j → %s', (line, expected) => {
    expect(route(line)).toMatchObject({ route: expected });
  });
});

describe('return-blocking: decided before any reason', () => {
  const fine = {
    soldTwice: false,
    issuedHere: true,
    ownPharmacy: true,
    soldToThisPatient: true,
    traceState: 'sold',
    batchMatch: true,
  };

  test.each([
    [{}, 'T0', false],
    [{ batchMatch: null }, 'T0', false],
    [{ traceState: 'none' }, 'T0', false],
    [{ issuedHere: false }, 'T2', true],
    [{ ownPharmacy: false }, 'T3', true],
    [{ soldToThisPatient: false }, 'T4', true],
    [{ traceState: 'not-sold' }, 'T5', true],
    [{ batchMatch: false }, 'T6', true],
    [{ soldTwice: true, issuedHere: false }, 'T1', true],
  ])('%j → %s', (change, rule, blocked) => {
    const value = decide('return-blocking', { item: { ...fine, ...change } });
    expect(value).toMatchObject({ rule, blocked, security: rule === 'T1' });
  });
});

describe('returnability: blocking conditions, then the reason', () => {
  const sound = {
    blocked: false,
    reasonCode: 'order-changed',
    drugClass: 'ordinary',
    traceless: false,
    intact: true,
    coldChain: false,
    storageProven: false,
    inDate: true,
    daysSinceDispense: 2,
    doctorConfirmed: true,
    careSetting: 'outpatient',
  };
  const verdict = (change: JsonObject) => decide('returnability', { item: { ...sound, ...change } });

  test.each([
    [{}, 'R10', 'accept', 'sellable'],
    [{ doctorConfirmed: false }, 'R9', 'refuse', 'none'],
    [{ reasonCode: 'patient-choice' }, 'R9', 'refuse', 'none'],
    [{ blocked: true, reasonCode: 'quality' }, 'R0', 'refuse', 'none'],
    [{ reasonCode: 'quality', intact: false }, 'R3', 'accept', 'quarantine'],
    [{ reasonCode: 'quality', coldChain: true }, 'R3', 'accept', 'quarantine'],
    [{ reasonCode: 'quality', drugClass: 'narcotic' }, 'R3S', 'accept', 'quarantine'],
    [{ reasonCode: 'dispensing-error', daysSinceDispense: 90 }, 'R4', 'accept', 'quarantine'],
    [{ reasonCode: 'dispensing-error', drugClass: 'narcotic' }, 'R4S', 'accept', 'quarantine'],
    [{ drugClass: 'narcotic' }, 'R1', 'surrender', 'destroy'],
    [{ drugClass: 'psychotropic-1', reasonCode: 'patient-choice' }, 'R1', 'surrender', 'destroy'],
    [{ drugClass: 'psychotropic-2' }, 'R2', 'head', 'quarantine'],
    [{ drugClass: 'biological', coldChain: true }, 'R6', 'refuse', 'none'],
    [{ drugClass: 'biological', coldChain: true, storageProven: true }, 'R2', 'head', 'quarantine'],
    [{ traceless: true }, 'R2T', 'head', 'quarantine'],
    [{ intact: false }, 'R7A', 'refuse', 'none'],
    [{ inDate: false }, 'R7B', 'refuse', 'none'],
    [{ coldChain: true }, 'R6', 'refuse', 'none'],
    [{ coldChain: true, storageProven: true }, 'R10C', 'accept', 'quarantine'],
    [{ daysSinceDispense: 7 }, 'R10', 'accept', 'sellable'],
    [{ daysSinceDispense: 8 }, 'R8', 'refuse', 'none'],
    [{ reasonCode: 'adverse-reaction' }, 'R5', 'accept', 'sellable'],
    [{ reasonCode: 'adverse-reaction', doctorConfirmed: false }, 'R9', 'refuse', 'none'],
    [{ reasonCode: 'transfer', careSetting: 'inpatient', doctorConfirmed: false }, 'R10W', 'accept', 'sellable'],
  ])('%j → %s %s %s', (change, rule, expected, destination) => {
    expect(verdict(change)).toMatchObject({ rule, verdict: expected, destination });
  });

  test('goods of a quality complaint or a dispensing error never become sellable', () => {
    for (const reasonCode of ['quality', 'dispensing-error']) {
      for (const drugClass of ['ordinary', 'narcotic', 'biological', 'chemo']) {
        expect(verdict({ reasonCode, drugClass })).toMatchObject({ verdict: 'accept', destination: 'quarantine' });
      }
    }
  });

  test('special classes need a second pharmacist', () => {
    expect(verdict({ drugClass: 'narcotic' })).toMatchObject({ secondSign: true });
    expect(verdict({ drugClass: 'psychotropic-2' })).toMatchObject({ secondSign: true });
    expect(verdict({})).toMatchObject({ secondSign: false });
  });

  test('a dispensing error opens an adverse event', () => {
    expect(verdict({ reasonCode: 'dispensing-error' })).toMatchObject({ event: 'dispensing-error' });
  });
});

describe('refund-approval-band: who approves, in order', () => {
  const approvers = (refundAmount: number, hasCash = false, hasDrugs = true, clerkError = false) =>
    decide('refund-approval-band', { refundAmount, hasCash, hasDrugs, clerkError });

  test.each([
    [20_000, false, ['clerk-supervisor']],
    [20_000, true, ['clerk-supervisor', 'finance-auditor']],
    [20_001, false, ['pharmacy-head', 'finance-auditor']],
    [200_000, true, ['pharmacy-head', 'finance-auditor', 'finance-head']],
    [200_001, false, ['finance-head']],
    [1_000_000, true, ['finance-head', 'hospital-leader']],
    [1_000_001, false, ['hospital-leader']],
    [1_000_001, true, ['finance-head', 'hospital-leader']],
  ])('%i fen, cash %s → %j', (amount, cash, expected) => {
    expect(approvers(amount, cash)).toMatchObject({ approvers: expected });
  });

  test('without drugs the head of pharmacy has no say', () => {
    expect(approvers(50_000, false, false)).toMatchObject({ approvers: ['clerk-supervisor', 'finance-auditor'] });
  });

  test('a clerk’s error needs a second witness and the head of finance, whatever the amount', () => {
    expect(approvers(100, false, true, true)).toMatchObject({ approvers: ['clerk-supervisor', 'finance-head'] });
  });
});

import { expect, test } from 'vitest';
import { keepComing, percentile, pressOn } from './load.ts';
import { Ledger } from './rows.ts';
import { shortcomingsOf } from './storage-bench.ts';

test('what falls short is said in words', () => {
  const enough = { ofFloor: 0.6, ofBatchedFloor: 0.35, timesPlain: 8, tail: 10 };
  expect(shortcomingsOf({ ratios: enough })).toEqual([]);
  const short = { ofFloor: 0.59, ofBatchedFloor: 0.34, timesPlain: 7.9, tail: 10.1 };
  expect(shortcomingsOf({ ratios: short })).toEqual([
    ...['of the floor 0.59', 'of the batched floor 0.34', 'times the plain one 7.90', 'p99 over p50 10.10'],
  ]);
  expect(shortcomingsOf({ ratios: { ...enough, ofFloor: Number.NaN } })).toEqual(['of the floor NaN']);
});

test('a share of the values lies below its percentile', () => {
  const values = Array.from({ length: 100 }, (_, n) => 100 - n);
  expect([percentile(values, 0.5), percentile(values, 0.99), percentile([7], 0.99)]).toEqual([51, 100, 7]);
});

test('every caller has cases of its own, and each completion follows the one before', () => {
  const cases = ['a', 'b', 'c', 'd'].map((caseId) => ({ caseId, version: 3, task: `${caseId}-t` }));
  const ledger = new Ledger(cases, 2);
  const dealt = [0, 0, 0, 1].map((caller) => ledger.next(caller));
  expect(dealt.map(({ caseId, version }) => `${caseId}${version}`)).toEqual(['a3', 'b3', 'a4', 'c3']);
  expect(dealt[2]?.closes).toBe(dealt[0]?.opens);
});

test('calls are counted, however many wait', async () => {
  let done = 0;
  const count = async () => {
    done += 1;
  };
  const player = { perCall: 2, complete: count };
  const pressed = await pressOn(player, 3, 0.02);
  expect(pressed.perSecond).toBeGreaterThan(0);
  done = 0;
  await keepComing(player, { perSecond: 500, callers: 1, seconds: 0.1 });
  expect(done).toBe(50);
});

import { describe, expect, test } from 'vitest';
import { bpmnElements } from './bpmn-elements.ts';
import { bpmnEngine } from './bpmn-engine.ts';
import { shortcomingsOf } from './engine-bench.ts';
import { median } from './measure.ts';
import { meridianCold, meridianFresh, meridianSealed, meridianWarm } from './meridian.ts';
import { chainOf, patterns } from './patterns.ts';

const contenders = [meridianWarm, meridianCold, meridianFresh, meridianSealed, bpmnElements, bpmnEngine];

describe.each(contenders)('$name', (contender) => {
  test.each([...patterns, chainOf(10)])('plays $name to its end, and not with a task more or less', async (pattern) => {
    await (await contender.read(pattern))(2)();
    const another = await contender.read({ ...pattern, tasks: pattern.tasks - 1 });
    await expect((async () => another(1)())()).rejects.toThrow('Expected');
  });
});

test('what falls short is said in words', () => {
  const result = (warm: number, cold: number, factor: number) => ({
    patterns: [
      { pattern: 'SEQ', microseconds: {}, timesCheaper: { [meridianWarm.name]: warm, [meridianCold.name]: cold } },
    ],
    growth: { small: 1, large: factor, factor },
  });
  expect(shortcomingsOf(result(50, 50, 1.2))).toEqual([]);
  expect(shortcomingsOf(result(50, 49, 1.2))).toEqual(['SEQ 49.0 times cheaper (Meridian, memo cold)']);
  expect(shortcomingsOf(result(49, 50, 1.3))).toEqual([
    'SEQ 49.0 times cheaper (Meridian)',
    '200 nodes 1.30 times the cost of 10',
  ]);
});

test('a median is the middle one, or between the two in the middle', () => {
  expect([median([3, 1, 2]), median([4, 1, 2, 3])]).toEqual([2, 2.5]);
});

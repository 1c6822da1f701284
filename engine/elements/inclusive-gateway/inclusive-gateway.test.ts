import { describe, expect, test } from 'vitest';
import { CaseRun, compiled } from '../../../tests/spec/case-run.ts';
import { chain, element, flow, processOf } from '../../../tests/spec/diagram.ts';

const content = [
  element('startEvent', 'start'),
  element('inclusiveGateway', 'split', '', 'default="split_C"'),
  element('userTask', 'A'),
  element('userTask', 'B'),
  element('userTask', 'C'),
  element('inclusiveGateway', 'join'),
  element('userTask', 'after'),
  chain('start split'),
  flow('split', 'A', '=a'),
  flow('split', 'B', '=b'),
  flow('split', 'C'),
  chain('A join after'),
  chain('B join'),
  chain('C join'),
];
const definition = await compiled(processOf('p', ...content));

describe('an inclusive gateway', () => {
  test('takes every flow whose condition holds and joins just those', () => {
    const run = new CaseRun(definition).start({ a: true, b: true });
    expect(run.tasks).toEqual(['A', 'B']);

    run.complete('A');
    expect(run.tasks).toEqual(['B']);

    run.complete('B');
    expect(run.tasks).toEqual(['after']);
  });

  test('takes the default flow when no condition holds', () => {
    const run = new CaseRun(definition).start({ a: false, b: false });
    expect(run.tasks).toEqual(['C']);
    expect(run.complete('C').tasks).toEqual(['after']);
  });

  test('waits for a token that can still come round a loop, and not for one that cannot come', async () => {
    const loop = [
      element('startEvent', 'start'),
      element('parallelGateway', 'fork'),
      element('exclusiveGateway', 'again'),
      element('userTask', 'A'),
      element('exclusiveGateway', 'enough', '', 'default="enough_join"'),
      element('userTask', 'B'),
      element('inclusiveGateway', 'join'),
      element('userTask', 'after'),
      chain('start fork again A enough join after'),
      flow('enough', 'again', '=more'),
      chain('fork B join'),
    ];
    const run = new CaseRun(await compiled(processOf('p', ...loop))).start();
    run.complete('B');
    expect(run.tasks).toEqual(['A']);

    run.complete('A', { more: true });
    expect(run.tasks).toEqual(['A']);

    run.complete('A', { more: false });
    expect(run.tasks).toEqual(['after']);
  });
});

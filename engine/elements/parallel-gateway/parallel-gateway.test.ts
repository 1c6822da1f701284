import { describe, expect, test } from 'vitest';
import { CaseRun, compiled } from '../../../tests/spec/case-run.ts';
import { chain, element, flow, processOf } from '../../../tests/spec/diagram.ts';

const content = [
  element('startEvent', 'start'),
  element('parallelGateway', 'fork'),
  element('userTask', 'A'),
  element('userTask', 'B'),
  element('parallelGateway', 'join'),
  element('userTask', 'C'),
  element('endEvent', 'end'),
  chain('start fork A join C end'),
  chain('fork B join'),
];
const definition = await compiled(processOf('p', ...content));

describe('a parallel gateway', () => {
  test('starts every branch and waits for all of them', () => {
    const run = new CaseRun(definition).start();
    expect(run.tasks).toEqual(['A', 'B']);

    run.complete('B');
    expect(run.tasks).toEqual(['A']);

    run.complete('A');
    expect(run.tasks).toEqual(['C']);
    expect(run.complete('C').outcome).toBe('completed');
  });

  test('counts arrivals by flow: two on the same flow do not replace the missing one', async () => {
    const twice = [
      element('startEvent', 'start'),
      element('parallelGateway', 'fork'),
      element('userTask', 'A'),
      element('userTask', 'B'),
      element('parallelGateway', 'join'),
      element('userTask', 'C'),
      chain('start fork A join C'),
      flow('fork', 'A', undefined, 'again'),
      chain('fork B join'),
    ];
    const run = new CaseRun(await compiled(processOf('p', ...twice))).start();
    expect(run.tasks).toEqual(['A', 'A', 'B']);

    run.complete('A').complete('A');
    expect(run.tasks).toEqual(['B']);

    run.complete('B');
    expect(run.tasks).toEqual(['C']);
    expect(run.view.tokens).toContainEqual({ processId: 'p', elementId: 'join', count: 1 });
  });
});

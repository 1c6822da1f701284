import { describe, expect, test } from 'vitest';
import { CaseRun, compiled } from '../../../tests/spec/case-run.ts';
import { chain, element, flow, processOf } from '../../../tests/spec/diagram.ts';

const content = [
  element('startEvent', 'start'),
  element('exclusiveGateway', 'again'),
  element('parallelGateway', 'fork'),
  element('userTask', 'A'),
  element('userTask', 'B'),
  element('userTask', 'C'),
  element('complexGateway', 'two', '<bpmn:activationCondition>=activationCount &gt;= 2</bpmn:activationCondition>'),
  element('userTask', 'Next'),
  chain('start again fork A two Next again'),
  chain('fork B two'),
  chain('fork C two'),
];

describe('a complex gateway', () => {
  test('goes on with two of three, swallows the third, and is as new for the next round', async () => {
    const run = new CaseRun(await compiled(processOf('p', ...content))).start();
    run.complete('A');
    expect(run.tasks).toEqual(['B', 'C']);
    run.complete('C');
    expect(run.tasks).toEqual(['B', 'Next']);
    run.complete('B');
    expect(run.tasks).toEqual(['Next']);
    run.complete('Next');
    expect(run.tasks).toEqual(['A', 'B', 'C']);
    run.complete('B').complete('C');
    expect(run.tasks).toEqual(['A', 'Next']);
  });

  test('does not wait for a token that could as well come by a way that brought one before', async () => {
    const again = [
      element('startEvent', 'start'),
      element('parallelGateway', 'fork'),
      element('userTask', 'A'),
      element('exclusiveGateway', 'choice', '', 'default="choice_two"'),
      element('userTask', 'B'),
      element('complexGateway', 'two', '<bpmn:activationCondition>=activationCount &gt;= 1</bpmn:activationCondition>'),
      element('userTask', 'Next'),
      chain('start fork A choice two Next'),
      flow('choice', 'B', '=false'),
      chain('B two'),
      chain('fork Second choice'),
      chain('fork Third choice'),
      element('userTask', 'Second'),
      element('userTask', 'Third'),
    ];
    const run = new CaseRun(await compiled(processOf('p', ...again))).start();
    run.complete('A').complete('Second');
    expect(run.tasks).toEqual(['Next', 'Next', 'Third']);
  });
});

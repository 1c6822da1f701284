import { describe, expect, test } from 'vitest';
import { CaseRun, compiled, findingsOf } from '../../../tests/spec/case-run.ts';
import { boundary, chain, element, flow, on, processOf } from '../../../tests/spec/diagram.ts';

const roots = [
  element('signal', 'Step', '', 'name="step"'),
  element('signalEventDefinition', 'StepDefinition', '', 'signalRef="Step"'),
];

function repeated(behavior: string, content = '', interrupting = false): string {
  const loop = `<bpmn:multiInstanceLoopCharacteristics ${behavior}><bpmn:loopCardinality>3</bpmn:loopCardinality>${content}</bpmn:multiInstanceLoopCharacteristics>`;
  return processOf(
    'p',
    element('startEvent', 'start'),
    element('userTask', 'A', loop),
    boundary('told', 'A', on('signal', '', 'signalRef="Step"'), interrupting),
    element('userTask', 'note'),
    element('userTask', 'after'),
    element('endEvent', 'end'),
    chain('start A after end'),
    flow('told', 'note'),
    flow('note', 'end'),
  );
}

const complex = `<bpmn:complexBehaviorDefinition><bpmn:condition>=numberOfCompletedInstances = 2</bpmn:condition><bpmn:event id="thrown">${on('signal', '', 'signalRef="Step"')}</bpmn:event></bpmn:complexBehaviorDefinition>`;

describe('behaviour of a multi-instance activity', () => {
  test.each([
    ['none', 'behavior="None" noneBehaviorEventRef="StepDefinition"', '', [1, 2, 3]],
    ['one', 'behavior="One" oneBehaviorEventRef="StepDefinition"', '', [1, 1, 1]],
    ['complex', 'behavior="Complex"', complex, [0, 1, 1]],
    ['all', 'behavior="All"', '', [0, 0, 0]],
  ])('%s throws its event as runs complete', async (_, behavior, content, counts) => {
    const run = new CaseRun(await compiled(...roots, repeated(behavior, content))).start();
    const told = counts.map(() => run.complete('A').tasks.filter((task) => task === 'note').length);
    expect(told).toEqual(counts);
    expect(run.tasks).toContain('after');
  });

  test('may stop the activity by its own event', async () => {
    const drawn = repeated('behavior="One" oneBehaviorEventRef="StepDefinition"', '', true);
    expect(new CaseRun(await compiled(...roots, drawn)).start().complete('A').tasks).toEqual(['note']);
  });

  test('needs the event it is about', async () => {
    expect(await findingsOf(...roots, repeated('behavior="One"'))).toContainEqual(
      expect.objectContaining({ rule: 'behavior-event', elementId: 'A' }),
    );
  });
});

import { describe, expect, test } from 'vitest';
import { CaseRun, compiled, findingsOf } from '../../tests/spec/case-run.ts';
import { chain, element, flow, on, processOf } from '../../tests/spec/diagram.ts';
import { feelOfForeign } from './foreign-expressions.ts';

describe('expressions of other engines', () => {
  test.each([
    [`\${input == 1}`, 'input = 1'],
    ['#{a && !b || c != 2}', 'a and not(b) or c != 2'],
    [`\${state eq 'a && b'}`, 'state = "a && b"'],
    [`\${not confirmed}`, 'not(confirmed)'],
    [`\${empty list}`, 'list = null'],
    [`\${nrOfCompletedInstances/nrOfInstances >= 0.5}`, 'numberOfCompletedInstances/numberOfInstances >= 0.5'],
    [` \${5} `, '5'],
  ])('%s is read as %s', (foreign, feel) => {
    expect(feelOfForeign(foreign)).toBe(feel);
  });

  test.each(['=a = 1', 'a = 1', 'PT1H'])('%s is left alone', (text) => {
    expect(feelOfForeign(text)).toBeUndefined();
  });

  const content = (condition: string) => [
    element('startEvent', 'start'),
    element('exclusiveGateway', 'gateway', '', 'default="gateway_B"'),
    element('userTask', 'A'),
    element('userTask', 'B'),
    chain('start gateway B'),
    flow('gateway', 'A', condition),
  ];

  test('run, and the author is told what was made of them', async () => {
    const xml = processOf('p', ...content(`\${amount > 100 && urgent}`));
    expect(new CaseRun(await compiled(xml)).start({ amount: 200, urgent: true }).tasks).toEqual(['A']);
    const told = (await findingsOf(xml)).filter(({ rule }) => rule === 'translated-expression');
    expect(told).toMatchObject([{ params: { to: 'amount > 100 and urgent' } }]);
  });

  test('that have no FEEL are refused with their place', async () => {
    const findings = await findingsOf(processOf('p', ...content(`\${bean.check(execution)}`)));
    expect(findings).toContainEqual(
      expect.objectContaining({ rule: 'expression', severity: 'error', elementId: 'gateway' }),
    );
  });
});

describe('what other engines leave undeclared', () => {
  test('an error named by its code is caught by the same code, with a warning', async () => {
    const thrown = on('error', '', 'errorRef="failed"');
    const inner = element('startEvent', 's') + element('endEvent', 'fail', thrown) + chain('s fail');
    const caught = element('boundaryEvent', 'caught', thrown, 'attachedToRef="Sub"');
    const xml = processOf(
      'p',
      element('startEvent', 'start'),
      element('subProcess', 'Sub', inner),
      caught,
      element('userTask', 'H'),
      chain('start Sub'),
      chain('caught H'),
    );
    expect(new CaseRun(await compiled(xml)).start().tasks).toEqual(['H']);
    expect(await findingsOf(xml)).toContainEqual(
      expect.objectContaining({ rule: 'unresolved-reference', severity: 'warning' }),
    );
  });

  test('white space around ids is taken off', async () => {
    const xml = processOf(
      'p',
      element('startEvent', 'start '),
      element('userTask', 'A'),
      flow('start ', ' A', undefined, 'flow'),
    );
    expect(new CaseRun(await compiled(xml)).start().tasks).toEqual(['A']);
  });

  test('a collection named by its variable is repeated over', async () => {
    const loop =
      '<bpmn:multiInstanceLoopCharacteristics><bpmn:loopDataInputRef>people</bpmn:loopDataInputRef><bpmn:inputDataItem name="one" /></bpmn:multiInstanceLoopCharacteristics>';
    const xml = processOf('p', element('startEvent', 'start'), element('userTask', 'A', loop), chain('start A'));
    expect(new CaseRun(await compiled(xml)).start({ people: ['a', 'b'] }).tasks).toEqual(['A', 'A']);
  });
});

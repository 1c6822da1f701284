import { describe, expect, test } from 'vitest';
import { CaseRun, compiled, findingsOf } from '../../../tests/spec/case-run.ts';
import { chain, element, flow, on, processOf } from '../../../tests/spec/diagram.ts';
import { parseExpression } from '../../feel/index.ts';
import { readForeignText } from './expression-language.ts';

describe('expressions of other engines', () => {
  test.each([
    [`\${input == 1}`, 'input = 1'],
    ['#{a && !b || c != 2}', 'a and not(b) or c != 2'],
    [`\${state eq 'a && b'}`, 'state = "a && b"'],
    [`\${not confirmed}`, 'not(confirmed)'],
    [`\${empty list}`, '(list = null or list in ("", []))'],
    [`\${nrOfCompletedInstances/nrOfInstances >= 0.5}`, 'numberOfCompletedInstances / numberOfInstances >= 0.5'],
    [` \${5} `, '5'],
    [`\${order.lines[0].price > 100 and (vip or urgent)}`, 'order.lines[1].price > 100 and (vip or urgent)'],
    [`\${a == 'b' && c}`, 'a = "b" and c'],
    [`\${amount > 1000 ? 'high' : 'low'}`, 'if amount > 1000 then "high" else "low"'],
    [`\${execution.getVariable('amount') % 2 == 0}`, 'modulo(amount, 2) = 0'],
    [`\${user['name']}`, 'user.name'],
    [`\${-a + b * (c - 1)}`, '-a + b * (c - 1)'],
    [`\${then}`, '`then`'],
    [`ward-\${ward}/\${bed}`, '"ward-" + string(ward) + "/" + string(bed)'],
    [`\${a == '}'}`, 'a = "}"'],
  ])('%s is read as %s', (foreign, feel) => {
    expect(readForeignText(foreign)).toEqual({ kind: 'feel', feel });
    expect(parseExpression(feel).ok).toBe(true);
  });

  test.each(['=a = 1', 'a = 1', 'PT1H', ''])('%s is left alone', (text) => {
    expect(readForeignText(text)).toEqual({ kind: 'plain', text });
  });

  test.each([
    [`\${bean.check(execution)}`, /bean\.check\(\)/],
    [`\${check(a)}`, /check\(\)/],
    [`\${fn:length(a)}`, /fn:/],
    [`\${dateTime().plusDays(3).toDate()}`, /dateTime\(\)/],
    [`\${list[i]}`, /index/],
    [`\${a = 1}`, /character|operator/],
    [`\${a ==}`, /the end/],
    [`\${}`, /the end/],
    [`\${a`, /does not end/],
    [`\${a -> b}`, /value/],
    [`\${${'('.repeat(500)}a${')'.repeat(500)}}`, /deep/],
  ])('%s is refused by name', (foreign, because) => {
    expect(readForeignText(foreign)).toMatchObject({ kind: 'unsaid', because: expect.stringMatching(because) });
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

  test('that have no FEEL are refused with their place, and what has none is named', async () => {
    const findings = await findingsOf(processOf('p', ...content(`\${bean.check(execution)}`)));
    expect(findings).toContainEqual(
      expect.objectContaining({ rule: 'untranslated-expression', message: expect.stringContaining('bean.check()') }),
    );
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

import { describe, expect, test } from 'vitest';
import { CaseRun, compiled, findingsOf } from '../../../tests/spec/case-run.ts';
import { chain, element, processOf, script } from '../../../tests/spec/diagram.ts';

const whole = (task: string) =>
  processOf('p', element('startEvent', 'start'), task, element('endEvent', 'end'), chain('start S end'));

describe('a script task', () => {
  test('writes what its FEEL gives, decimals exact', async () => {
    const run = new CaseRun(await compiled(whole(script('S', 'total', 'sum(for l in lines return l.qty * l.price)'))));
    run.start({ lines: [{ qty: 3, price: 0.1 }] });
    expect(run.variables).toMatchObject({ total: 0.3 });
  });

  test('reads the clock of the command', async () => {
    const run = new CaseRun(await compiled(whole(script('S', 'day', 'string(today())'))));
    run.at = '2026-03-01T23:30:00.000Z';
    expect(run.start().variables).toEqual({ day: '2026-03-02' });
  });

  test('is refused at deployment when its FEEL does not parse, with the place', async () => {
    const findings = await findingsOf(whole(script('S', 'x', 'a +')));
    expect(findings).toContainEqual(expect.objectContaining({ rule: 'expression', elementId: 'S', severity: 'error' }));
  });

  test('is refused at deployment in another language', async () => {
    const foreign = element(
      'scriptTask',
      'S',
      '<bpmn:script>for (a in b) { c(a) }</bpmn:script>',
      'scriptFormat="groovy"',
    );
    const findings = await findingsOf(whole(foreign));
    expect(findings).toContainEqual(expect.objectContaining({ rule: 'script-missing', elementId: 'S' }));
  });
});

import { describe, expect, test } from 'vitest';
import { CaseRun, compiled, findingsOf } from '../../../tests/spec/case-run.ts';
import { chain, element, on, processOf } from '../../../tests/spec/diagram.ts';

const start = (condition: string) =>
  processOf(
    'p',
    element('startEvent', 'start', on('conditional', `<bpmn:condition>${condition}</bpmn:condition>`)),
    element('userTask', 'A'),
    element('endEvent', 'end'),
    chain('start A end'),
  );

describe('a conditional start event', () => {
  test('begins a case whose facts meet its condition', async () => {
    const run = new CaseRun(await compiled(start('=potassium &gt; 6')));
    const begin = (potassium: number) => run.start({ potassium }, { startEventId: 'start' });
    expect(() => begin(4)).toThrow('Expected the condition of start event start to hold, but it does not');
    expect(begin(7).tasks).toEqual(['A']);
  });

  test('has its condition parsed at deployment', async () => {
    const findings = await findingsOf(start('=potassium &gt;'));
    expect(findings).toContainEqual(expect.objectContaining({ rule: 'expression', elementId: 'start' }));
  });
});

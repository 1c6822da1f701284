import { describe, expect, test } from 'vitest';
import { CaseRun, compiled, findingsOf } from '../../../tests/spec/case-run.ts';
import { chain, element, message, on, processOf, timer } from '../../../tests/spec/diagram.ts';

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

  test('is said to begin no case by itself', async () => {
    expect(await findingsOf(start('=potassium &gt; 6'))).toContainEqual(
      expect.objectContaining({ rule: 'start-by-condition', severity: 'warning', elementId: 'start' }),
    );
  });

  test('has its condition parsed at deployment', async () => {
    const findings = await findingsOf(start('=potassium &gt;'));
    expect(findings).toContainEqual(expect.objectContaining({ rule: 'expression', elementId: 'start' }));
  });
});

describe('a start event that waits for several messages together', () => {
  const both = on('message', '', 'messageRef="Paid"') + on('message', '', 'messageRef="Picked"');
  const together = (event: string) =>
    processOf(
      'p',
      element('startEvent', 'start', event, 'parallelMultiple="true"'),
      element('userTask', 'A'),
      element('endEvent', 'end'),
      chain('start A end'),
    );
  const keyed = [message('Paid', 'paid', '=orderNo'), message('Picked', 'picked', '=orderNo')];

  test('begins a case with the first and goes on with the last', async () => {
    const run = new CaseRun(await compiled(...keyed, together(both)));
    run.accepted({
      ...{ type: 'StartCase', processId: 'p', startEventId: 'start', messageName: 'picked' },
      variables: { orderNo: 'O-1' },
    });
    expect([run.tasks, run.messages]).toEqual([[], ['paid']]);
    expect(run.effects.filter(({ type }) => type === 'Subscribe')).toHaveLength(1);
    expect(run.deliver('paid', { sum: 5 }).tasks).toEqual(['A']);
    expect(run.complete('A').outcome).toBe('completed');
    expect(run.variables).toMatchObject({ orderNo: 'O-1', sum: 5 });
  });

  test('goes on at once for who says that all have come', async () => {
    const run = new CaseRun(await compiled(...keyed, together(both)));
    expect(run.start({ orderNo: 'O-1' }, { startEventId: 'start' }).tasks).toEqual(['A']);
  });

  test.each([
    ['messages without a key', [message('Paid', 'paid'), message('Picked', 'picked')], both],
    ['a timer among them', keyed, both + timer('timeDuration', 'PT1H')],
  ])('is refused with %s', async (_, messages, event) => {
    expect(await findingsOf(...messages, together(event))).toContainEqual(
      expect.objectContaining({ rule: 'start-together', elementId: 'start' }),
    );
  });
});

import { describe, expect, test } from 'vitest';
import { CaseRun, compiled, findingsOf } from '../../../tests/spec/case-run.ts';
import {
  boundary,
  chain,
  element,
  extension,
  job,
  message,
  on,
  processOf,
  timer,
} from '../../../tests/spec/diagram.ts';

const roots = [message('A', 'a'), message('B', 'b'), element('signal', 'S', '', 'name="alarm"')];
const both = on('message', '', 'messageRef="A"') + on('message', '', 'messageRef="B"');
const around = (event: string) =>
  compiled(
    ...roots,
    processOf('p', element('startEvent', 'start'), event, element('userTask', 'After'), chain('start wait After')),
  );

describe('a multiple event', () => {
  test('goes on with whichever comes first', async () => {
    const run = new CaseRun(await around(element('intermediateCatchEvent', 'wait', both))).start();
    expect(run.messages).toEqual(['a', 'b']);
    run.deliver('b', { got: 1 });
    expect(run.tasks).toEqual(['After']);
    expect(run.messages).toEqual([]);
  });

  test('that is parallel goes on when all have come', async () => {
    const wait = element(
      'intermediateCatchEvent',
      'wait',
      both + timer('timeDuration', 'PT1H'),
      'parallelMultiple="true"',
    );
    const run = new CaseRun(await around(wait)).start().deliver('b', { got: 1 }).fire('wait');
    expect(run.tasks).toEqual([]);
    run.deliver('a');
    expect(run.tasks).toEqual(['After']);
    expect(run.variables).toEqual({ got: 1 });
  });

  test('that is parallel counts a condition that holds when it is reached', async () => {
    const condition = on('conditional', '<bpmn:condition>=x = 2</bpmn:condition>');
    const wait = (event: string) => element('intermediateCatchEvent', 'wait', event, 'parallelMultiple="true"');
    const run = new CaseRun(await around(wait(condition + timer('timeDuration', 'PT1H')))).start({ x: 2 });
    expect(run.fire('wait').tasks).toEqual(['After']);
  });

  test('that is parallel and does not interrupt counts again from the start', async () => {
    const event = boundary('both', 'wait', both, false).replace(
      'attachedToRef',
      'parallelMultiple="true" attachedToRef',
    );
    const content = element('userTask', 'wait') + event + element('userTask', 'Beside') + chain('both Beside');
    const run = new CaseRun(await around(content)).start();
    run.deliver('a').deliver('b');
    expect(run.tasks).toEqual(['Beside', 'wait']);
    expect(run.messages).toEqual(['a', 'b']);
    run.deliver('b').deliver('a');
    expect(run.tasks).toEqual(['Beside', 'Beside', 'wait']);
  });

  test('goes on once where two of what it waits for come in the same step', async () => {
    const signals = ['One', 'Two'].map((id) => element('signal', id, '', `name="${id}"`));
    const heard = ['One', 'Two'].map((id) => on('signal', '', `signalRef="${id}"`)).join('');
    const drawn = processOf(
      'p',
      element('startEvent', 'start'),
      element('parallelGateway', 'fork'),
      element('intermediateCatchEvent', 'wait', heard),
      element('userTask', 'After'),
      element('userTask', 'hold'),
      element('endEvent', 'say', heard),
      chain('start fork wait After'),
      chain('fork hold say'),
    );
    const run = new CaseRun(await compiled(...signals, drawn)).start().complete('hold');
    expect(run.tasks).toEqual(['After']);
    expect(run.done('After')).toBe(0);
  });

  test('throws all it names', async () => {
    const listener = element(
      'subProcess',
      'Handler',
      element('startEvent', 'heard', on('signal', '', 'signalRef="S"'), 'isInterrupting="false"') +
        element('userTask', 'H') +
        chain('heard H'),
      'triggeredByEvent="true"',
    );
    const thrown = element('intermediateThrowEvent', 'wait', on('signal', '', 'signalRef="S"') + on('escalation'));
    const run = new CaseRun(await around(thrown + listener)).start();
    expect(run.tasks).toEqual(['After', 'H']);
    expect(run.effects).toContainEqual(expect.objectContaining({ type: 'PublishMessage' }));
  });

  describe('that ends its token', () => {
    const failed = element('error', 'Failed', '', 'name="failed" errorCode="failed"');
    const other = element('error', 'Other', '', 'name="other" errorCode="other"');
    const error = (ref: string) => on('error', '', `errorRef="${ref}"`);
    const undoable = (id: string) =>
      job(id) +
      boundary(`undo${id}`, id, on('compensate')) +
      element(
        'serviceTask',
        `Not${id}`,
        extension(`<zeebe:taskDefinition type="undo" />`),
        'isForCompensation="true"',
      ) +
      `<bpmn:association id="link${id}" sourceRef="undo${id}" targetRef="Not${id}" />`;
    const within = (...events: readonly string[]) => [
      failed,
      other,
      processOf(
        'p',
        element('startEvent', 'start'),
        element(
          'subProcess',
          'Sub',
          [
            element('startEvent', 's'),
            undoable('Charge'),
            undoable('Pack'),
            element('parallelGateway', 'fork'),
            element('userTask', 'Beside'),
            element('endEvent', 'stop', events.join('')),
            chain('s Charge Pack fork stop'),
            chain('fork Beside'),
          ].join(''),
        ),
        boundary('caught', 'Sub', error('Failed')),
        element('userTask', 'Handle'),
        chain('start Sub'),
        chain('caught Handle'),
      ),
    ];
    const ran = async (...events: readonly string[]) =>
      new CaseRun(await compiled(...within(...events))).start().jobDone('Charge').jobDone('Pack');

    test('undoes first, then throws its error', async () => {
      const run = await ran(error('Failed'), on('compensate'));
      expect(run.jobs).toEqual(['NotPack']);
      expect(run.jobDone('NotPack').tasks).toEqual(['Beside']);
      expect(run.jobDone('NotCharge').tasks).toEqual(['Handle']);
    });

    test('undoes everything its compensations name, last first, then ends its scope', async () => {
      const named = (ref: string) => on('compensate', '', `activityRef="${ref}"`);
      const run = await ran(named('Charge'), on('terminate'), named('Pack'));
      expect(run.jobDone('NotPack').jobs).toEqual(['NotCharge']);
      expect(run.jobDone('NotCharge').outcome).toBe('completed');
    });

    test('by an error ends its scope, as terminating beside it would', async () => {
      expect((await ran(error('Failed'), on('terminate'))).tasks).toEqual(['Handle']);
    });

    test('in two ways is refused in words', async () => {
      expect(await findingsOf(...within(error('Failed'), error('Other')))).toContainEqual(
        expect.objectContaining({
          rule: 'contradicting-throws',
          elementId: 'stop',
          message: expect.stringContaining('error and error'),
        }),
      );
    });
  });
});

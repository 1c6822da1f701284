import { describe, expect, test } from 'vitest';
import { CaseRun, compiled } from '../../../tests/spec/case-run.ts';
import { boundary, chain, element, flow, message, on, processOf, timer } from '../../../tests/spec/diagram.ts';

const escalated = message('Called', 'nurse.called');
const around = (definition: string, interrupting: boolean) =>
  compiled(
    escalated,
    processOf(
      'p',
      element('startEvent', 'start'),
      element('userTask', 'A'),
      boundary('event', 'A', definition, interrupting),
      element('userTask', 'After'),
      element('userTask', 'Handler'),
      chain('start A After'),
      chain('event Handler'),
    ),
  );

describe('a boundary event', () => {
  test('that interrupts stops its activity', async () => {
    const run = new CaseRun(await around(timer('timeDuration', 'PT30M'), true)).start();
    const taskId = run.taskOf('A');
    run.fire('event');
    expect(run.tasks).toEqual(['Handler']);
    expect(run.effects).toContainEqual({ type: 'CloseTask', taskId, outcome: 'cancelled' });
  });

  test('that does not interrupt starts a token beside', async () => {
    const run = new CaseRun(await around(timer('timeDuration', 'PT30M'), false)).start().fire('event');
    expect(run.tasks).toEqual(['A', 'Handler']);
    expect(run.timers).toEqual([]);
  });

  test('with a cycle fires as often as it says, counted from when it was due', async () => {
    const run = new CaseRun(await around(timer('timeCycle', 'R3/PT10M'), false)).start();
    run.fire('event').fire('event').fire('event');
    expect(run.at).toBe('2026-03-02T00:30:00.000Z');
    expect(run.tasks).toEqual(['A', 'Handler', 'Handler', 'Handler']);
    expect(run.timers).toEqual([]);
  });

  test('that does not interrupt takes every message', async () => {
    const run = new CaseRun(await around(on('message', '', 'messageRef="Called"'), false)).start();
    run.deliver('nurse.called').deliver('nurse.called', { room: 3 });
    expect(run.tasks).toEqual(['A', 'Handler', 'Handler']);
    expect(run.variables).toEqual({ room: 3 });
  });

  test('is disarmed when its activity is done', async () => {
    const run = new CaseRun(await around(timer('timeDuration', 'PT30M'), true)).start().complete('A');
    expect(run.timers).toEqual([]);
    expect(run.tasks).toEqual(['After']);
  });

  test('asks a person when its timer says no time, and the activity does not begin', async () => {
    const run = new CaseRun(await around(timer('timeDuration', '=grace'), true)).start();
    expect(run.incidents).toEqual(['A invalid-timer']);
    expect(run.tasks).toEqual([]);
    expect(run.set({ grace: 'PT1H' }).retry('A').tasks).toEqual(['A']);
  });

  test('is over when its activity is complete, also where no way out of it can be taken yet', async () => {
    const definition = await compiled(
      processOf(
        'p',
        element('startEvent', 'start'),
        element('userTask', 'A'),
        boundary('late', 'A', timer('timeDuration', 'PT1H')),
        element('userTask', 'After'),
        element('userTask', 'Chase'),
        chain('start A'),
        flow('A', 'After', '=ready'),
        chain('late Chase'),
      ),
    );
    const run = new CaseRun(definition).start({ ready: false }).complete('A');
    expect(run.incidents).toEqual(['A no-flow-possible']);
    expect(run.timers).toEqual([]);
    expect(run.set({ ready: true }).retry('A').tasks).toEqual(['After']);
  });
});

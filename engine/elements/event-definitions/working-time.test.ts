import { describe, expect, test } from 'vitest';
import { CaseRun, compiled, findingsOf } from '../../../tests/spec/case-run.ts';
import { boundary, chain, element, extension, processOf, script, timer } from '../../../tests/spec/diagram.ts';
import type { WorkCalendar } from '../../feel/index.ts';

const day = [[480, 720] as const, [840, 1050] as const];
const week: WorkCalendar['week'] = [day, day, day, day, day, [], []];
const calendar: WorkCalendar = { version: 'v1', week, days: { '2026-03-03': [] } };

const reply = processOf(
  'p',
  element('startEvent', 'start'),
  element(
    'userTask',
    'Reply',
    extension('<zeebe:taskSchedule dueDate="=add working time(now(), duration(&quot;PT8H&quot;))" />'),
  ),
  boundary('late', 'Reply', timer('timeDate', '=add working days(now(), 2)'), false),
  element('userTask', 'Remind'),
  chain('start Reply'),
  chain('late Remind'),
);

describe('working time in a flow', () => {
  test('says when a task is due and a timer fires, over a holiday', async () => {
    const run = new CaseRun(await compiled(reply));
    run.calendar = calendar;
    run.at = '2026-03-02T01:00:00.000Z';
    run.start();
    // Monday 09:00; Tuesday is free. Eight hours end on Wednesday at 09:30, two working days on Thursday at 09:00.
    expect(run.view.tasks).toMatchObject([{ dueAt: '2026-03-04T01:30:00.000Z' }]);
    expect(run.view.timers).toMatchObject([{ dueAt: '2026-03-05T01:00:00.000Z' }]);
    expect(run.fire('late').tasks).toEqual(['Remind', 'Reply']);
  });

  test('records the version of the calendar with every command, and what it gave, not the calendar', async () => {
    const run = new CaseRun(await compiled(reply));
    run.calendar = calendar;
    run.start();
    run.calendar = { version: 'v2', week, days: {} };
    run.complete('Reply');
    const read = run.events.flatMap((event) => ('calendar' in event ? [[event.type, event.calendar]] : []));
    expect(read).toEqual([
      ['CaseStarted', 'v1'],
      ['CommandAccepted', 'v2'],
    ]);
    expect(JSON.stringify(run.events)).not.toContain('840');
  });

  test('is a matter of flows that ask for it', async () => {
    const definition = await compiled(processOf('p', element('startEvent', 's'), script('S', 'x', '1'), chain('s S')));
    expect(definition).not.toHaveProperty('readsCalendar');
    const run = new CaseRun(definition);
    run.calendar = calendar;
    expect(run.start().events[0]).not.toHaveProperty('calendar');
  });

  test('without a calendar is an incident that says so, and goes on once there is one', async () => {
    const run = new CaseRun(await compiled(reply)).start();
    expect(run.incidents).toEqual(['Reply expression-failed']);
    expect(run.view.incidents[0]?.message).toContain('the hospital has none');
    run.calendar = calendar;
    expect(run.retry('Reply').tasks).toEqual(['Reply']);
  });

  test('is refused where a timer asks for a length, since it gives a moment', async () => {
    const wrong = reply.replaceAll('timeDate', 'timeDuration');
    expect(await findingsOf(wrong)).toContainEqual(
      expect.objectContaining({ rule: 'working-timer', elementId: 'late', path: 'timeDuration' }),
    );
  });
});

import { describe, expect, test } from 'vitest';
import { CaseRun, compiledAs, person } from '../../../tests/spec/case-run.ts';
import {
  boundary,
  chain,
  element,
  extension,
  flow,
  job,
  message,
  on,
  processOf,
  script,
  timer,
} from '../../../tests/spec/diagram.ts';
import { proposeMapping } from '../migrate/mapping.ts';

const paid = message('Paid', 'order.paid');
const named = (type: string, id: string, name: string, content = '') => element(type, id, content, `name="${name}"`);
const version = (hash: string, ...content: readonly string[]) => compiledAs(hash, paid, processOf('p', ...content));
const clerk = person('clerk-ma', { roles: ['clerk', 'cashier'] });
const taskTo = (group: string) => extension(`<zeebe:assignmentDefinition candidateGroups="${group}" />`);

const old = await version(
  'v1',
  element('startEvent', 'start'),
  named('userTask', 'A', 'Charge', taskTo('clerk')),
  boundary('late', 'A', timer('timeDuration', 'PT1H'), false),
  element('intermediateCatchEvent', 'money', on('message', '', 'messageRef="Paid"')),
  job('pay'),
  element('userTask', 'Chase'),
  element('endEvent', 'end'),
  chain('start A money pay end'),
  chain('late Chase'),
);

describe('a proposal', () => {
  test('takes the same id, else the only one of the same kind and name, else nothing', async () => {
    const now = await compiledAs(
      'v2',
      processOf(
        'q',
        element('startEvent', 'start'),
        named('userTask', 'Charge', 'Charge'),
        named('serviceTask', 'money', 'money', extension('<zeebe:taskDefinition type="x" />')),
        chain('start Charge money'),
      ),
    );
    const pairs = proposeMapping(old, now).map(({ from, to, because }) => [from.id, to, because]);
    expect(Object.fromEntries(pairs.map(([from, ...rest]) => [from, rest]))).toEqual({
      p: ['q', 'only-process'],
      start: ['start', 'same-id'],
      A: ['Charge', 'same-kind-and-name'],
      late: [undefined, 'none'],
      money: ['money', 'same-id'],
      pay: [undefined, 'none'],
      Chase: [undefined, 'none'],
      end: [undefined, 'none'],
    });
  });
});

describe('a case moved to a version that says the same where it stands', () => {
  test('keeps its tasks and timers as they are, and the new version decides from there on', async () => {
    const now = await version(
      'v2',
      element('startEvent', 'start'),
      named('userTask', 'A', 'Charge', taskTo('clerk')),
      boundary('late', 'A', timer('timeDuration', 'PT1H'), false),
      element('userTask', 'Check'),
      element('userTask', 'Chase'),
      chain('start A Check'),
      chain('late Chase'),
    );
    const run = new CaseRun(old).start();
    const before = run.view;
    expect(run.verdict(now)).toEqual(['ok']);
    run.migrate(now);
    expect(run.view.tasks).toEqual(before.tasks);
    expect(run.view.timers).toEqual(before.timers);
    expect(run.effects).toEqual([]);
    expect(run.state.definitionHash).toBe('v2');
    expect(run.complete('A', {}, clerk).tasks).toEqual(['Check']);
    expect(run.complete('Check').outcome).toBe('completed');
  });

  test('keeps what waits under other names, ids and all', async () => {
    const now = await version(
      'v2',
      element('startEvent', 'start'),
      element('intermediateCatchEvent', 'paidIn', on('message', '', 'messageRef="Paid"')),
      element('endEvent', 'end'),
      chain('start paidIn end'),
    );
    const run = new CaseRun(old).start().complete('A', {}, clerk);
    const [subscription] = run.view.subscriptions;
    expect(run.verdict(now)).toEqual(['blocked', 'element-gone money']);
    const mapping = { p: 'p', money: 'paidIn' };
    expect(run.verdict(now, { mapping })).toEqual(['ok']);
    run.migrate(now, { mapping });
    expect(run.view.subscriptions).toEqual([{ ...subscription, elementId: 'paidIn' }]);
    expect(run.effects).toEqual([]);
    expect(run.deliver('order.paid').outcome).toBe('completed');
  });
});

describe('what the new version says otherwise', () => {
  const changed = (group: string, wait: string, extra = '') =>
    version(
      'v2',
      element('startEvent', 'start'),
      named('userTask', 'A', 'Charge', taskTo(group)),
      ...(wait === '' ? [] : [boundary('late', 'A', wait, false), element('userTask', 'Chase'), chain('late Chase')]),
      extra,
      chain('start A'),
    );

  test('a task is issued again, to the new group, claimed by whom it was', async () => {
    const now = await changed('cashier', timer('timeDuration', 'PT1H'));
    const run = new CaseRun(old).start();
    const taskId = run.taskOf('A');
    run.accepted({ type: 'ClaimTask', taskId, by: clerk });
    expect(run.verdict(now)).toEqual(['ok-with-note', 'task-changed A']);
    run.migrate(now);
    expect(run.view.tasks).toMatchObject([{ assignee: 'clerk-ma', eligibility: { roles: ['cashier'] } }]);
    expect(run.taskOf('A')).not.toBe(taskId);
    expect(run.effects).toContainEqual({ type: 'CloseTask', taskId, outcome: 'cancelled' });
    expect(run.refused({ ...run.completion('A', {}, clerk), by: person('x', { roles: ['clerk'] }) }).code).toBe(
      'task-claimed-by-other',
    );
    expect(run.complete('A', {}, clerk).outcome).toBe('completed');
  });

  test('a form of other content is told', async () => {
    const content = extension('<zeebe:formDefinition formId="charge" />');
    const both = ['v1', 'v2'].map((hash) =>
      version(
        hash,
        element('startEvent', 'start'),
        element('userTask', 'A', content),
        element('task', hash),
        chain('start A'),
      ),
    );
    const [before, now] = await Promise.all(both);
    if (!before || !now) throw new Error('Expected two versions');
    const run = new CaseRun(before).start();
    expect(run.verdict(now, { changedForms: ['charge'] })).toEqual(['ok-with-note', 'form-changed A']);
  });

  test('a timer is due anew, or as before where that is chosen', async () => {
    const now = await changed('clerk', timer('timeDuration', 'PT3H'));
    const run = new CaseRun(old).start();
    run.at = '2026-03-02T00:30:00.000Z';
    expect(run.verdict(now)).toEqual(['ok-with-note', 'timer-recalculated late']);
    expect(run.verdict(now, { timers: 'keep' })).toEqual(['ok-with-note', 'timer-kept late']);
    run.migrate(now);
    expect(run.view.timers).toMatchObject([{ elementId: 'late', dueAt: '2026-03-02T03:30:00.000Z' }]);
    const other = new CaseRun(old).start().migrate(now, { timers: 'keep' });
    expect(other.view.timers).toMatchObject([{ elementId: 'late', dueAt: '2026-03-02T01:00:00.000Z' }]);
  });

  test('an event is no longer waited for, or is from now on', async () => {
    const without = await changed('clerk', '');
    const run = new CaseRun(old).start();
    expect(run.verdict(without)).toEqual(['ok-with-note', 'event-gone late']);
    expect(run.migrate(without).timers).toEqual([]);
    const again = await version(
      'v3',
      element('startEvent', 'start'),
      named('userTask', 'A', 'Charge', taskTo('clerk')),
      boundary('asked', 'A', on('message', '', 'messageRef="Paid"')),
      chain('start A'),
    );
    expect(run.verdict(again)).toEqual(['ok-with-note', 'event-added asked']);
    expect(run.migrate(again).messages).toEqual(['order.paid']);
    expect(run.deliver('order.paid').tasks).toEqual([]);
  });

  test('an event that has fired is not waited for again', async () => {
    const now = await changed('clerk', timer('timeDuration', 'PT3H'));
    const run = new CaseRun(old).start().fire('late');
    expect(run.verdict(now)).toEqual(['ok']);
    expect(run.migrate(now)).toMatchObject({ timers: [], tasks: ['A', 'Chase'] });
  });

  test('a condition that holds already fires', async () => {
    const now = await version(
      'v2',
      element('startEvent', 'start'),
      named('userTask', 'A', 'Charge', taskTo('clerk')),
      boundary('rich', 'A', on('conditional', '<bpmn:condition>=sum &gt; 1</bpmn:condition>')),
      element('userTask', 'Other'),
      chain('start A'),
      chain('rich Other'),
    );
    const run = new CaseRun(old).start({ sum: 2 }).migrate(now, { mapping: { p: 'p', A: 'A' } });
    expect(run).toMatchObject({ tasks: ['Other'], timers: [] });
  });

  test('a job under way is finished as it was asked for', async () => {
    const now = await version(
      'v2',
      element('startEvent', 'start'),
      job('payNow', 'other'),
      element('userTask', 'B'),
      chain('start payNow B'),
    );
    const run = new CaseRun(old).start().complete('A', {}, clerk).deliver('order.paid');
    const [asked] = run.view.jobs;
    const mapping = { p: 'p', pay: 'payNow' };
    expect(run.verdict(now, { mapping })).toEqual(['ok-with-note', 'job-kept pay']);
    run.migrate(now, { mapping });
    expect(run.view.jobs).toEqual([{ ...asked, elementId: 'payNow' }]);
    expect(run.effects).toEqual([]);
    expect(run.jobDone('payNow').tasks).toEqual(['B']);
  });
});

describe('a case is not moved', () => {
  const other = (...content: readonly string[]) => version('v2', element('startEvent', 'start'), ...content);

  test('where its place has no successor, or one of another kind, or in another scope', async () => {
    const run = new CaseRun(old).start();
    const gone = await other(element('userTask', 'B'), chain('start B'));
    expect(run.verdict(gone)).toEqual(['blocked', 'element-gone A']);
    const kind = await other(job('A'), chain('start A'));
    expect(run.verdict(kind)).toEqual(['blocked', 'kind-changed A']);
    const inner = [element('startEvent', 'in'), element('userTask', 'A'), chain('in A')].join('');
    const scope = await other(element('subProcess', 'Sub', inner), chain('start Sub'));
    expect(run.verdict(scope)).toEqual(['blocked', 'scope-changed A']);
    const decision = run.decideMigration(gone);
    expect(decision).toMatchObject({
      rejection: { code: 'migration-refused', params: { reason: 'element-gone', element: 'A' } },
    });
  });

  test('where it is now repeated', async () => {
    const loop = `<bpmn:multiInstanceLoopCharacteristics>${extension('<zeebe:loopCharacteristics inputCollection="=[1]" />')}</bpmn:multiInstanceLoopCharacteristics>`;
    const now = await other(element('userTask', 'A', loop), chain('start A'));
    expect(new CaseRun(old).start().verdict(now)).toEqual(['blocked', 'repeat-changed A']);
  });

  test('by somebody who may not, by a mapping of elements there are not, or to the version it is on', async () => {
    const now = await other(element('userTask', 'A'), chain('start A'));
    const run = new CaseRun(old).start();
    expect(run.decideMigration(now, { by: person('nurse') })).toMatchObject({ rejection: { code: 'not-eligible' } });
    const refused = (reason: string) => ({ rejection: { code: 'migration-refused', params: { reason } } });
    expect(run.decideMigration(now, { mapping: { p: 'p', A: 'Z' } })).toMatchObject(refused('no-element'));
    expect(run.decideMigration(old)).toMatchObject(refused('same-version'));
  });
});

test('an incident is raised again under its new name, and the new version puts it right', async () => {
  const stuck = await version('v1', ...beforeB('exclusiveGateway', 'G'), flow('start', 'G'), flow('G', 'B', '=null'));
  const mended = await version('v2', ...beforeB('task', 'Sum'), script('S', 'n', '1'), chain('start Sum S B'));
  const run = new CaseRun(stuck).start();
  expect(run.incidents).toEqual(['G condition-not-boolean']);
  const mapping = { p: 'p', G: 'Sum' };
  expect(run.verdict(mended, { mapping })).toEqual(['ok']);
  run.migrate(mended, { mapping });
  expect(run.incidents).toEqual(['Sum condition-not-boolean']);
  expect(run.retry('Sum').tasks).toEqual(['B']);
});

function beforeB(type: string, id: string) {
  return [element('startEvent', 'start'), element(type, id), element('userTask', 'B')];
}

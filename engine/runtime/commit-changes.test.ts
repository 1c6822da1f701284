import { expect, test } from 'vitest';
import type { Effect, TaskRecord } from '../core/effect.ts';
import { changesOf } from './commit-changes.ts';

const at = '2026-03-02T00:00:00.000Z';
const place = { tenantId: 't', caseId: 'c', at };
const changes = (...effects: Effect[]) => changesOf(effects, place);

const task: TaskRecord = {
  ...{ taskId: 'c-1', elementId: 'A1', processId: 'P', name: 'A', priority: 50, createdAt: at, input: {} },
  eligibility: { roles: [], credentials: [], onDuty: false, notActorOf: [], notPersons: [], override: 'never' },
};
const subscription = { subscriptionId: 'c-2', elementId: 'E1', messageName: 'paid', correlationKey: 'ORD-1' };

test('what opens and closes in one decision leaves no row', () => {
  const { tasks, jobs, subscriptions, incidents } = changes(
    { type: 'OpenTask', task },
    { type: 'CloseTask', taskId: 'c-1', outcome: 'cancelled' },
    { type: 'ScheduleTimer', timerId: 'c-3', elementId: 'T1', dueAt: at },
    { type: 'CancelTimer', timerId: 'c-3' },
    { type: 'Subscribe', subscription },
    { type: 'Unsubscribe', subscriptionId: 'c-2' },
  );
  expect(tasks).toEqual({ open: [], claim: [], release: [], close: [] });
  expect(jobs).toEqual({ add: [], remove: [] });
  expect(subscriptions).toEqual({ add: [], remove: [] });
  expect(incidents).toEqual({ raise: [], resolve: [] });
});

test('what was there before is closed, with who did it', () => {
  const { tasks, jobs } = changes(
    { type: 'CloseTask', taskId: 'c-1', outcome: 'completed', by: 'clerk-ma' },
    { type: 'CancelTimer', timerId: 'c-3' },
    { type: 'CancelJob', jobId: 'c-4' },
  );
  expect(tasks.close).toEqual([{ taskId: 'c-1', outcome: 'completed', by: 'clerk-ma' }]);
  expect(jobs.remove).toEqual(['timer:c-3', 'delivery:c-4']);
});

test('a task opened and claimed at once is opened claimed', () => {
  const { tasks } = changes({ type: 'OpenTask', task }, { type: 'ClaimTask', taskId: 'c-1', by: 'clerk-ma' });
  expect(tasks.open).toMatchObject([{ assignee: 'clerk-ma' }]);
  expect(tasks.claim).toEqual([]);
});

test('a subscription brings work that looks for messages which came before it', () => {
  expect(changes({ type: 'Subscribe', subscription }).jobs.add).toMatchObject([
    { dueAt: at, work: { kind: 'correlate', messageName: 'paid', correlationKey: 'ORD-1' } },
  ]);
});

test('a published message leaves with the commit and expires', () => {
  const message = { messageId: 'c-5', elementId: 'E', messageName: 'refund.asked', correlationKey: '', payload: {} };
  expect(changes({ type: 'PublishMessage', message }).messages).toMatchObject([
    { messageId: 'c-5', source: 'case:c', publishedAt: at, expiresAt: '2026-03-03T00:00:00.000Z' },
  ]);
});

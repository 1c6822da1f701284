import { expect, test } from 'vitest';
import type { WorkCalendar } from '../../engine/index.ts';
import { clerk, openEngine, tenantId } from './engine-under-test.ts';
import { sampleFlow, timerStartBody, waitingBody } from './sample-flow.ts';

const hours = [[480, 1080] as const];
const calendar: WorkCalendar = { version: 'v1', week: [hours, hours, hours, hours, hours, [], []], days: {} };
const parts = { calendars: { of: async () => calendar } };

const inWorkingDays = (body: string) =>
  body
    .replace(
      /<bpmn:timeDuration[^>]*>PT72H<\/bpmn:timeDuration>/,
      '<bpmn:timeDate>=add working days(now(), 5)</bpmn:timeDate>',
    )
    .replace(
      /<bpmn:timeCycle[^>]*>[^<]*<\/bpmn:timeCycle>/,
      '<bpmn:timeDate>=add working days(now(), 5)</bpmn:timeDate>',
    );

test("a case's timer counts on the hospital's calendar", async () => {
  const { startCase, see, runAll } = await openEngine(sampleFlow('sample', inWorkingDays(waitingBody)), { parts });
  const { caseId } = await startCase();
  await runAll('2026-03-08T23:59:59.000Z');
  expect((await see(caseId)).view.status).toBe('active');
  await runAll('2026-03-09T00:00:00.000Z');
  expect((await see(caseId)).view.completed).toMatchObject({ E3_Expired: 1 });
});

test('so does a timer start', async () => {
  const { stores } = await openEngine(sampleFlow('sample', inWorkingDays(timerStartBody)), { parts });
  expect(await stores.jobs.nextDue()).toBe('2026-03-09T00:00:00.000Z');
});

test('a flow that counts in working time is not published in a hospital without a calendar', async () => {
  const { engine } = await openEngine(sampleFlow('other', waitingBody));
  const published = engine.publish({ tenantId, by: clerk, pkg: sampleFlow('sample', inWorkingDays(waitingBody)) });
  expect(await published).toMatchObject({
    rejection: { code: 'invalid-input', fields: [{ message: expect.stringContaining('Expected a working calendar') }] },
  });
});

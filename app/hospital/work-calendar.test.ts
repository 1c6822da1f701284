import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hospitalCalendars, readWorkCalendar, shippedWorkCalendar } from './work-calendar.ts';

const free = { tuesday: [], wednesday: [], thursday: [], friday: [], saturday: [], sunday: [] };
const file = {
  ...{ name: 'own', source: 'the hospital', hours: { monday: ['08:00-12:00', '14:00-24:00'], ...free } },
  ...{ holidays: ['2026-10-01/2026-10-03'], makeUpDays: ['2026-10-10'], makeUpDaysLike: 'monday' },
};

test('hours, holidays and make-up days become plain data, whose version is that of the content', () => {
  const calendar = readWorkCalendar(file);
  const worked = [
    [480, 720],
    [840, 1440],
  ];
  expect(calendar).toMatchObject({ week: [worked, [], [], [], [], [], []] });
  expect(calendar.days).toEqual({ '2026-10-01': [], '2026-10-02': [], '2026-10-03': [], '2026-10-10': worked });
  expect(readWorkCalendar({ ...file, source: 'elsewhere' }).version).toBe(calendar.version);
  expect(readWorkCalendar({ ...file, makeUpDays: [] }).version).not.toBe(calendar.version);
});

test.each([
  ['hours that overlap', { hours: { monday: ['08:00-12:00', '11:00-13:00'], ...free } }],
  ['hours that end before they begin', { hours: { monday: ['18:00-12:00'], ...free } }],
  ['a weekday left out', { hours: { monday: ['08:00-12:00'] } }],
  ['a day that does not exist', { holidays: ['2026-02-30'] }],
  ['a word it does not know', { freeDays: [] }],
])('%s are refused', (_, change) => {
  expect(() => readWorkCalendar({ ...file, ...change })).toThrow();
});

test('the shipped calendar is one', () => {
  const { days, week } = shippedWorkCalendar();
  expect(days['2026-02-16']).toEqual([]);
  expect(days['2026-02-14']).toEqual(week[0]);
});

test("the hospital's own takes its place, and is refused by name when it is broken", async () => {
  const folder = mkdtempSync(join(tmpdir(), 'calendar-'));
  expect((await hospitalCalendars(folder).of('any')).version).toMatch(/^cn-2026@/);
  const own = join(folder, 'work-calendar.json');
  writeFileSync(own, JSON.stringify(file));
  expect((await hospitalCalendars(folder).of('any')).version).toMatch(/^own@/);
  writeFileSync(own, JSON.stringify({ ...file, holidays: ['soon'] }));
  expect(() => hospitalCalendars(folder)).toThrow(/Expected a working calendar .*holidays/s);
});

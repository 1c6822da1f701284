import { expect, test } from 'vitest';
import { z } from 'zod';
import { compilePackage } from '../../engine/compile/compile-package.ts';
import { evaluate, parseExpression } from '../../engine/feel/index.ts';
import type { JsonObject } from '../../engine/index.ts';
import { loadShippedPackage } from '../index.ts';

const window = z.object({
  doses: z.array(z.object({ executionId: z.string(), dueAt: z.string(), n: z.number(), total: z.number() })),
  windowTo: z.string(),
  firstDayCount: z.number(),
});

/** The script of `C6_Expand`, as the diagram has it. */
async function expansionScript() {
  const { definition } = await compilePackage((await loadShippedPackage('order-verification')).pkg);
  const body = definition?.scopes['order-execution']?.nodes.C6_Expand?.body;
  const act = body?.kind === 'pass' ? body.acts.find(({ kind }) => kind === 'write') : undefined;
  const parsed = act?.kind === 'write' ? parseExpression(act.feel) : undefined;
  if (!parsed?.ok) throw new Error('Expected the script of C6_Expand, but there is none');
  return parsed.expression;
}

const script = await expansionScript();
const twiceDaily = { times: ['08:00', '16:00'], everyDays: 1 };
const everyEightHours = { times: ['00:00', '08:00', '16:00'], everyDays: 1 };
const everyOtherDay = { times: ['08:00'], everyDays: 2 };

function expand(order: JsonObject, frequency: JsonObject, more: JsonObject = {}) {
  const from = { windowFrom: order.startAt ?? null, windowNo: 1, executionsMade: 0, handled: [], orderNo: 'YZ1' };
  const env = { at: '2026-03-02T00:00:00.000Z', zone: 'Asia/Shanghai' };
  const result = evaluate(script, { order, frequency, ...from, ...more }, env);
  if (!result.ok) throw new Error(result.message);
  return window.parse(result.value);
}

/** Due times in the hospital's zone, `dd HH:mm`. */
function times({ doses }: z.infer<typeof window>): string[] {
  return doses.map(({ dueAt }) =>
    new Date(Date.parse(dueAt) + 8 * 3_600_000).toISOString().slice(8, 16).replace('T', ' '),
  );
}

test('twice daily from 14:00: one dose on the first day', () => {
  const made = expand({ startAt: '2026-03-02T14:00:00+08:00' }, twiceDaily);
  expect(times(made)).toEqual(['02 16:00', '03 08:00']);
  expect(made.firstDayCount).toBe(1);
  expect(made.doses.map(({ executionId, n, total }) => [executionId, n, total])).toEqual([
    ['YZ1-1', 1, 2],
    ['YZ1-2', 2, 2],
  ]);
});

test('an instant in UTC and one with an offset are the same start', () => {
  expect(expand({ startAt: '2026-03-02T15:30:00.000Z' }, everyEightHours).doses).toEqual(
    expand({ startAt: '2026-03-02T23:30:00+08:00' }, everyEightHours).doses,
  );
});

test('every 8 hours across midnight', () => {
  const made = expand({ startAt: '2026-03-02T14:30:00+08:00' }, everyEightHours);
  expect(times(made)).toEqual(['02 16:00', '03 00:00', '03 08:00']);
});

test('a start at 23:30 has no dose on its own day', () => {
  const made = expand({ startAt: '2026-03-02T23:30:00+08:00' }, everyEightHours);
  expect(times(made)).toEqual(['03 00:00', '03 08:00', '03 16:00']);
  expect(made.firstDayCount).toBe(0);
});

test.each([
  [0, ['03 08:00']],
  [1, ['02 16:00', '03 08:00']],
  [2, ['02 14:00', '02 16:00', '03 08:00']],
])('the doctor’s %i doses on the first day', (firstDoseCount, expected) => {
  expect(times(expand({ startAt: '2026-03-02T14:00:00+08:00', firstDoseCount }, twiceDaily))).toEqual(expected);
});

test('every other day counts from the day of the start', () => {
  const order = { startAt: '2026-03-02T07:00:00+08:00' };
  expect(times(expand(order, everyOtherDay))).toEqual(['02 08:00']);
  const next = (windowFrom: string, windowNo: number) => times(expand(order, everyOtherDay, { windowFrom, windowNo }));
  expect(next('2026-03-02T23:00:00.000Z', 2)).toEqual([]);
  expect(next('2026-03-03T23:00:00.000Z', 3)).toEqual(['04 08:00']);
});

test('windows follow each other without gap or overlap', () => {
  const order = { startAt: '2026-03-02T08:00:00+08:00' };
  const first = expand(order, twiceDaily);
  const second = expand(order, twiceDaily, { windowFrom: first.windowTo, windowNo: 2, executionsMade: 2 });
  expect([...times(first), ...times(second)]).toEqual(['02 08:00', '02 16:00', '03 08:00', '03 16:00']);
  expect(second.doses[0]?.executionId).toBe('YZ1-3');
});

test('nothing is due after the ordered days', () => {
  const order = { startAt: '2026-03-02T14:00:00+08:00', durationDays: 1 };
  const made = expand(order, twiceDaily, { windowFrom: '2026-03-03T06:00:00.000Z', windowNo: 2 });
  expect(made.doses).toEqual([]);
});

test('what was given is not expanded again after a transfer', () => {
  const made = expand({ startAt: '2026-03-02T07:00:00+08:00' }, twiceDaily, {
    windowFrom: '2026-03-01T23:45:00.000Z',
    windowNo: 2,
    handled: ['2026-03-02T00:00:00.000Z'],
  });
  expect(times(made)).toEqual(['02 16:00']);
});

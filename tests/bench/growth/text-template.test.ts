import { expect, test } from 'vitest';
import { compileTemplate, daysIn, fillTemplate, laterDay } from './text-template.ts';

test('puts other values in the places of the tokens, the longest first', () => {
  const template = compileTemplate('P1 is P12, not P1.', ['P1', 'P12', '']);
  expect(fillTemplate(template, ['A', 'B', 'never'])).toBe('A is B, not A.');
  expect(fillTemplate(compileTemplate('nothing (of) it', []), [])).toBe('nothing (of) it');
  expect(fillTemplate(compileTemplate('a.c abc', ['a.c']), ['x'])).toBe('x abc');
});

test('finds the days near another, and none of somebody’s birth', () => {
  const text = 'born 1967-11-15, from 2026-03-02T08:00:00+08:00 to 2026-03-05 00:00:00+00, again 2026-03-02';
  expect(daysIn(text, '2026-03-02', 60)).toEqual(['2026-03-02', '2026-03-05']);
  expect(daysIn('until 2027-03-02', '2026-03-02', 60)).toEqual([]);
});

test('counts days over the end of a year', () => {
  expect([laterDay('2026-12-31', 1), laterDay('2026-03-01', -1)]).toEqual(['2027-01-01', '2026-02-28']);
});

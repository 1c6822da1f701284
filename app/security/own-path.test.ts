import { expect, it } from 'vitest';
import { ownPath } from './own-path.ts';

it.each(['/inbox', '/cases/1?seq=2'])('keeps %s', (path) => {
  expect(ownPath(path)).toBe(path);
});

it.each([
  '//evil.example',
  '/\\evil.example',
  'https://evil.example',
  'javascript:alert(1)',
  '/\t/evil.example',
  '',
  undefined,
  7,
])('leads %j home', (path) => {
  expect(ownPath(path)).toBe('/');
});

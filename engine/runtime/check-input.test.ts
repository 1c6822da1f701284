import { expect, test } from 'vitest';
import type { JsonObject } from '../core/json.ts';
import { checkInput, largestText } from './check-input.ts';

function nested(levels: number): JsonObject {
  let value: JsonObject = {};
  for (let level = 0; level < levels; level += 1) value = { inner: value };
  return value;
}

const parsed = (text: string): JsonObject => JSON.parse(text);

test.each<[string, JsonObject]>([
  ['plain values', { text: '阿莫西林 💊', number: 1.5, list: [1, null, true], nested: { a: {} } }],
  ['many levels', nested(60)],
  ['a name with a slash before that of a prototype member', { 'a/constructor': 1 }],
])('%s are let in', (_name, data) => {
  expect(checkInput(data)).toBeUndefined();
});

test.each<[string, JsonObject, string]>([
  ['NUL in a text', { note: 'a\0b' }, '/note'],
  ['half of a surrogate pair', { lines: [{ name: '\ud83d' }] }, '/lines/0/name'],
  ['NUL in a name', { 'a\0': 1 }, '/a'],
  ['NUL before a slash in a name', { 'a\0/b': 1 }, '/a'],
  ['the name of a prototype member', parsed('{"a":{"__proto__":{"admin":true}}}'), '/a/__proto__'],
  ['a number JSON does not have', { amount: Number.POSITIVE_INFINITY }, '/amount'],
])('%s is refused, and its place named', (_name, data, path) => {
  const rejection = checkInput(data);
  expect(rejection?.code).toBe('invalid-input');
  expect(rejection?.message).toContain(`at ${path}`);
});

test('data too deep, too many or too large are refused with the field and the limit', () => {
  const many = Array.from({ length: 200_000 }, () => 0);
  expect(checkInput(nested(10_000))).toMatchObject({
    ...{ code: 'invalid-input', params: { reason: 'deep', field: 'inner', limit: 64 } },
  });
  expect(checkInput({ few: 1, list: many })).toMatchObject({
    ...{ code: 'invalid-input', params: { reason: 'many', field: 'list', limit: 100_000 } },
  });
  expect(checkInput({ note: 'short', text: 'x'.repeat(largestText) })).toMatchObject({
    ...{ code: 'limit-exceeded', params: { reason: 'data', field: 'text', limit: largestText } },
  });
});

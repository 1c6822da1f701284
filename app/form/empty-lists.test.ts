import { expect, test } from 'vitest';
import { withEmptyLists } from './empty-lists.ts';

const list = { type: 'array', items: { type: 'string' } };

test('a required list left alone is an empty one', () => {
  const schema = { type: 'object', required: ['told'], properties: { told: list, seen: list } };
  expect(withEmptyLists(schema, { name: 'x' })).toEqual({ name: 'x', told: [] });
});

test('a list that must have an item is left for the server to ask for', () => {
  const schema = { type: 'object', required: ['told'], properties: { told: { ...list, minItems: 1 } } };
  expect(withEmptyLists(schema, {})).toEqual({});
});

test('lists inside groups and rows are seen, groups left empty stay away', () => {
  const inner = { type: 'object', required: ['told'], properties: { told: list } };
  const schema = { type: 'object', properties: { one: inner, rows: { type: 'array', items: inner }, other: inner } };
  expect(withEmptyLists(schema, { one: {}, rows: [{ a: 1 }] })).toEqual({
    one: { told: [] },
    rows: [{ a: 1, told: [] }],
  });
});

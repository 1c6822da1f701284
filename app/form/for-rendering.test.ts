import { expect, test } from 'vitest';
import { forRendering } from './for-rendering.ts';

test('a rule on which fields must be there is not offered as a choice', () => {
  const properties = { receiptNo: { type: 'string' }, saleNo: { type: 'string' } };
  const rule = { anyOf: [{ required: ['receiptNo'] }, { required: ['saleNo'] }] };
  expect(forRendering({ type: 'object', properties, ...rule })).toEqual({ type: 'object', properties });
  expect(forRendering({ properties, allOf: [rule] })).toEqual({ properties, allOf: [{}] });
});

test('choices of a field stay', () => {
  const schema = { type: 'string', oneOf: [{ const: 'a', title: 'A' }] };
  expect(forRendering(schema)).toEqual(schema);
});

import { expect, test } from 'vitest';
import { withFlowWords } from './flow-words.ts';

const urgent = [
  { const: 'routine', title: '常规', 'x-i18n': { en: { title: 'Routine' } } },
  { const: 'urgent', title: '加急', 'x-i18n': { en: { title: 'Urgent' } } },
];
const order = {
  schema: {
    type: 'object',
    properties: {
      priority: { type: 'string', oneOf: urgent },
      price: { type: 'integer' },
      drugCode: { type: 'string' },
      note: { type: 'string' },
    },
  },
  ui: { price: { 'ui:widget': 'money' }, drugCode: { 'ui:widget': 'lookup', 'ui:options': { lookup: 'drugs' } } },
};
const readOnly = true;

test('what is only looked at borrows choices and lookups from the form it was filled in on', () => {
  const schema = {
    type: 'object',
    properties: {
      priority: { type: ['string', 'null'], readOnly },
      lines: {
        type: 'array',
        readOnly,
        items: { type: 'object', properties: { price: { type: 'integer' }, drugCode: { type: 'string' } } },
      },
      note: { type: 'string', readOnly },
    },
  };
  const shown = withFlowWords({ schema, ui: { lines: { 'ui:field': 'table' } } }, [order]);
  expect(shown.schema).toMatchObject({
    properties: { priority: { oneOf: urgent }, note: { type: 'string', readOnly } },
  });
  expect(shown.ui).toEqual({
    lines: {
      'ui:field': 'table',
      items: {
        drugCode: { 'ui:widget': 'lookup', 'ui:options': { lookup: 'drugs' } },
      },
    },
  });
});

test('what is filled in, and what has words of its own, stays as it was drawn', () => {
  const own = [{ const: 'routine', title: '平诊' }];
  const schema = {
    type: 'object',
    properties: { priority: { type: 'string', readOnly, oneOf: own }, price: { type: 'integer' } },
  };
  expect(withFlowWords({ schema, ui: {} }, [order])).toEqual({ schema, ui: {} });
});

import { expect, test } from 'vitest';
import { findByCode, nameCodes } from './name-codes.server.ts';

const entries = [
  { value: 'BID', label: '每日两次', labelEn: 'Twice a day' },
  { value: 'Q12H', label: '每12小时' },
];
const find = findByCode(
  {
    find: async ({ name, text }) => (name === 'frequencies' ? entries.filter((one) => one.value === text) : undefined),
  },
  'tenant',
);
const hint = { 'ui:widget': 'lookup', 'ui:options': { lookup: 'frequencies' } };
const freq = { type: 'string', title: '频次' };

test('codes that are only shown get the names of their list; what is chosen is looked up by the field itself', async () => {
  const form = {
    schema: {
      type: 'object',
      properties: {
        freq,
        orders: { type: 'array', readOnly: true, items: { type: 'object', properties: { freq } } },
      },
    },
    ui: { freq: hint, orders: { items: { freq: hint } } },
  };
  const data = { freq: 'BID', orders: [{ freq: 'BID' }, { freq: 'Q12H' }, { freq: 'NEVER' }] };
  const shown = await nameCodes(form, data, find);
  expect(shown.ui).toMatchObject({
    freq: hint,
    orders: { items: { freq: { 'ui:options': { lookup: 'frequencies' } } } },
  });
  expect(shown.ui).not.toHaveProperty(['orders', 'items', 'freq', 'ui:widget']);
  expect(shown.schema).toMatchObject({
    properties: {
      freq,
      orders: {
        items: {
          properties: {
            freq: {
              oneOf: [
                { const: 'BID', title: '每日两次', 'x-i18n': { en: { title: 'Twice a day' } } },
                { const: 'Q12H', title: '每12小时' },
              ],
            },
          },
        },
      },
    },
  });
});

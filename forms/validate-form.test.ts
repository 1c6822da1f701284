import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../engine/index.ts';
import { createFormValidator } from './create-form-validator.ts';
import { messageKeys } from './form-problem.ts';
import type { SchemaNode } from './json-shape.ts';
import { localizeSchema } from './localize-schema.ts';
import { prefill } from './merge-read-only.ts';

const validator = createFormValidator();
const at = '2026-03-02T00:00:00.000Z';
let forms = 0;

function submit(schema: SchemaNode, data: JsonObject, input: JsonObject = {}) {
  forms += 1;
  return validator.validate({ formKey: `test/${forms}`, form: { schema, ui: {} }, data, input, at });
}

const refund: SchemaNode = {
  type: 'object',
  required: ['lines', 'reason'],
  properties: {
    reason: {
      type: 'string',
      title: '原因',
      'x-i18n': { en: { title: 'Reason' } },
      oneOf: [
        { const: 'adr', title: '不良反应', 'x-i18n': { en: { title: 'Adverse reaction' } } },
        { const: 'recall', title: '召回' },
      ],
    },
    lines: {
      type: 'array',
      title: '药品',
      'x-i18n': { en: { title: 'Drugs' } },
      items: {
        type: 'object',
        required: ['lineId', 'qty'],
        properties: {
          lineId: { type: 'string', title: '行', readOnly: true },
          sold: { type: 'integer', title: '售出', readOnly: true },
          qty: { type: 'integer', title: '退回数量', 'x-i18n': { en: { title: 'Quantity' } }, minimum: 1 },
        },
      },
    },
    total: { type: 'integer', title: '合计', readOnly: true },
  },
  if: { required: ['reason'], properties: { reason: { const: 'adr' } } },
  // biome-ignore lint/suspicious/noThenProperty: a JSON Schema keyword
  then: { required: ['reportNo'], properties: { reportNo: { type: 'string', title: '报告号' } } },
  'x-constraint': [
    {
      expression: '=every line in lines satisfies line.qty <= line.sold',
      path: '/lines',
      message: { 'zh-CN': '退回数量多于售出', en: 'More is returned than was sold' },
    },
    {
      expression: '=date and time(string(soldAt)) > now() - duration("P7D")',
      path: '/lines',
      message: { 'zh-CN': '已过期' },
    },
  ],
};

const input: JsonObject = {
  lines: [
    { lineId: 'L1', sold: 2 },
    { lineId: 'L2', sold: 1 },
  ],
  total: 300,
  soldAt: '2026-03-01T00:00:00.000Z',
};

describe('a submission', () => {
  test('fits, with read-only values from the task whatever the client sent', async () => {
    const data = { reason: 'recall', lines: [{ lineId: 'L2', sold: 1, qty: 1 }], total: 1 };
    expect(await submit(refund, data, input)).toEqual({
      ok: true,
      data: { reason: 'recall', lines: [{ lineId: 'L2', sold: 1, qty: 1 }], total: 300 },
    });
  });

  test('cannot raise what was sold by sending another read-only value', async () => {
    const data = { reason: 'recall', lines: [{ lineId: 'L1', sold: 99, qty: 50 }] };
    const result = await submit(refund, data, input);
    expect(result).toMatchObject({ ok: false, fields: [{ path: '/lines/0/lineId' }] });
  });

  test('that leaves read-only values out gets them by place', async () => {
    const result = await submit(refund, { reason: 'recall', lines: [{ qty: 2 }, { qty: 1 }] }, input);
    expect(result).toMatchObject({ ok: true, data: { lines: [{ lineId: 'L1', sold: 2, qty: 2 }, { lineId: 'L2' }] } });
  });

  test('with an undeclared field is refused: it would become a variable of the case', async () => {
    const result = await submit(refund, { reason: 'recall', lines: [{ qty: 1 }], patient: { name: 'x' } }, input);
    expect(result).toMatchObject({ ok: false, fields: [{ path: '/patient', message: '表单中没有“/patient”' }] });
  });

  test('loses a field whose condition no longer holds', async () => {
    const result = await submit(refund, { reason: 'recall', lines: [{ qty: 1 }], reportNo: 'A1' }, input);
    expect(result).toMatchObject({ ok: true, data: { reason: 'recall' } });
    expect(result.ok && result.data).not.toHaveProperty('reportNo');
  });
});

describe('a problem names the field in both languages', () => {
  test.each<[JsonObject, string, string, string]>([
    [{ lines: [{ qty: 1 }] }, '/reason', '请填写“原因”', 'Fill in “Reason”'],
    [{ reason: 'x', lines: [{ qty: 1 }] }, '/reason', '“原因”不在可选项中', '“Reason” is not one of the choices'],
    [
      { reason: 'recall', lines: [{ qty: 0 }] },
      '/lines/0/qty',
      '“药品 1 · 退回数量”不得小于 1',
      '“Drugs 1 · Quantity” must not be below 1',
    ],
    [
      { reason: 'recall', lines: [{ qty: '1' }] },
      '/lines/0/qty',
      '“药品 1 · 退回数量”应为整数',
      '“Drugs 1 · Quantity” must be a whole number',
    ],
    [{ reason: 'adr', lines: [{ qty: 1 }] }, '/reportNo', '请填写“报告号”', 'Fill in “报告号”'],
    [{ reason: 'recall', lines: [{ qty: 9 }] }, '/lines', '退回数量多于售出', 'More is returned than was sold'],
  ])('%j', async (data, path, zh, en) => {
    expect(await submit(refund, data, input)).toEqual({
      ok: false,
      fields: [{ path, message: zh, messages: { 'zh-CN': zh, en } }],
    });
  });

  test('a rule that cannot be told does not pass', async () => {
    const { soldAt: _, ...unknown } = input;
    expect(await submit(refund, { reason: 'recall', lines: [{ qty: 1 }] }, unknown)).toMatchObject({
      ok: false,
      fields: [{ path: '/lines', message: '已过期' }],
    });
  });

  test('both catalogues say the same things', () => {
    expect(messageKeys.en).toEqual(messageKeys['zh-CN']);
  });
});

test('a schema in a language has its words and none of the server’s rules', () => {
  const english = localizeSchema(refund, 'en');
  expect(JSON.stringify(english)).not.toMatch(/x-i18n|x-constraint/);
  expect(english).toMatchObject({
    properties: { reason: { title: 'Reason', oneOf: [{ title: 'Adverse reaction' }, { title: '召回' }] } },
  });
  expect(localizeSchema(refund, 'zh-CN')).toMatchObject({ properties: { reason: { title: '原因' } } });
});

test('a field may be called like a keyword', () => {
  const schema = {
    type: 'object',
    properties: { required: { type: 'string', title: '甲', 'x-i18n': { en: { title: 'A' } } } },
  };
  expect(localizeSchema(schema, 'en')).toMatchObject({ properties: { required: { title: 'A' } } });
});

test('a form begins with the task’s values of its own fields', () => {
  expect(prefill(refund, { ...input, other: 1, reason: null })).toEqual({ lines: input.lines, total: 300 });
});

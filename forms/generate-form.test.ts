import { describe, expect, test } from 'vitest';
import { checkForm } from './form-dialect.ts';
import { generateForm, suggestFields } from './generate-form.ts';

describe('suggested fields', () => {
  test.each<[string, object]>([
    ['= approved', { path: ['approved'], type: 'boolean' }],
    ['not(approved)', { path: ['approved'], type: 'boolean' }],
    ['=approved = false', { path: ['approved'], type: 'boolean' }],
    ['amount > 100', { path: ['amount'], type: 'number' }],
    ['100 <= amount', { path: ['amount'], type: 'number' }],
    ['status = "paid"', { path: ['status'], type: 'string', choices: ['paid'] }],
    ['status in ("paid", "open")', { path: ['status'], type: 'string', choices: ['paid', 'open'] }],
    ['order.approved and true', { path: ['order', 'approved'], type: 'boolean' }],
    ['结果 = "阳性"', { path: ['结果'], type: 'string', choices: ['阳性'] }],
    ['due < date("2026-01-01")', { path: ['due'], type: 'date' }],
    ['a + 1 = b', { path: ['a'], type: 'number' }],
  ])('%s', (condition, field) => {
    expect(suggestFields([condition], [])).toContainEqual(expect.objectContaining(field));
  });

  test('are one for each variable, choices together, and none the case knows', () => {
    expect(suggestFields(['=s = "a" and known', '=s = "b"', '=broken +'], ['known'])).toEqual([
      { path: ['s'], type: 'string', choices: ['a', 'b'] },
    ]);
  });
});

test('a generated form fits the dialect and offers every field and a remark', () => {
  const suggestedFields = suggestFields(['=order.approved and amount > 1 and status = "a"'], []);
  const form = generateForm({ taskName: '审核', taskNameEn: 'Review', suggestedFields });
  expect(checkForm('generated', form)).toEqual([]);
  expect(form.schema).toMatchObject({
    title: '审核',
    properties: {
      order: { properties: { approved: { type: 'boolean' } } },
      amount: { type: 'number' },
      status: { type: 'string', examples: ['a'] },
      remark: { title: '备注' },
    },
  });
});

test('a field the next step needs is required, down its groups', () => {
  const form = generateForm({
    taskName: 't',
    suggestedFields: [{ path: ['order', 'ok'], type: 'boolean', choices: [], required: true }],
  });
  expect(form.schema).toMatchObject({ required: ['order'], properties: { order: { required: ['ok'] } } });
});

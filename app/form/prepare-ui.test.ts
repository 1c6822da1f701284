import { describe, expect, it } from 'vitest';
import { allProperties, isTableOfFields, prepareUi } from './prepare-ui.ts';

describe('prepareUi', () => {
  it('lets conditional fields appear after an order that does not name them', () => {
    const schema = {
      type: 'object',
      properties: { a: { type: 'string' } },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: { properties: { b: { type: 'string' } } },
    };
    expect(prepareUi(schema, { 'ui:order': ['a'] })).toMatchObject({ 'ui:order': ['a', '*'], b: {} });
    expect([...allProperties(schema).keys()]).toEqual(['a', 'b']);
  });

  it('shows read-only lists and objects as tables', () => {
    const schema = {
      type: 'object',
      properties: { sold: { type: 'array', readOnly: true, items: { type: 'object' } } },
    };
    expect(prepareUi(schema, {})).toMatchObject({ sold: { 'ui:field': 'table' } });
    expect(prepareUi(schema, { sold: { 'ui:widget': 'table' } })).toMatchObject({ sold: { 'ui:field': 'table' } });
  });

  it('takes a checklist as ticks of an object or choices of a list', () => {
    const schema = {
      type: 'object',
      properties: { done: { type: 'object', properties: {} }, picked: { type: 'array', items: { enum: ['a'] } } },
    };
    const ui = { done: { 'ui:field': 'checklist' }, picked: { 'ui:widget': 'checklist' } };
    expect(prepareUi(schema, ui)).toEqual({
      done: { 'ui:field': 'ticks' },
      picked: { 'ui:widget': 'checklist', items: {} },
    });
  });

  it('lays lists of plain objects out as rows and others not', () => {
    const plain = { type: 'array', items: { type: 'object', properties: { qty: { type: 'integer' } } } };
    const nested = {
      type: 'array',
      items: { type: 'object', properties: { deep: { type: 'object', properties: {} } } },
    };
    expect([isTableOfFields(plain), isTableOfFields(nested)]).toEqual([true, false]);
    expect(prepareUi(plain, {})).toMatchObject({
      items: { 'ui:options': { row: true }, qty: { 'ui:options': { compact: true } } },
    });
  });
});

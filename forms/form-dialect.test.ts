import { describe, expect, test } from 'vitest';
import type { FormDocument } from '../engine/index.ts';
import { checkForm } from './form-dialect.ts';
import type { SchemaNode } from './json-shape.ts';

const en = (title: string) => ({ 'x-i18n': { en: { title } } });

function form(properties: SchemaNode, more: SchemaNode = {}, ui: SchemaNode = {}): FormDocument {
  return { schema: { type: 'object', properties, ...more }, ui };
}

function rulesOf(document: FormDocument, severity = 'error'): string[] {
  return checkForm('f', document).flatMap((finding) => (finding.severity === severity ? [finding.rule] : []));
}

const text = { type: 'string', title: '文本', ...en('Text'), maxLength: 10 };
const choice = { type: 'string', title: '选择', ...en('Choice'), oneOf: [{ const: 'a', title: '甲', ...en('A') }] };

test('a form of the dialect has no findings', () => {
  const document = form(
    { text, choice },
    {
      // biome-ignore lint/suspicious/noThenProperty: a JSON Schema keyword
      allOf: [{ if: { properties: { choice: { const: 'a' } } }, then: { required: ['text'] } }],
      'x-constraint': [{ expression: '=text != "x"', path: '/text', message: { 'zh-CN': '不可', en: 'No' } }],
    },
    { 'ui:order': ['choice', 'text'], choice: { 'ui:widget': 'radio' } },
  );
  expect(checkForm('f', document)).toEqual([]);
});

describe('refused', () => {
  const recursive = { $defs: { a: { type: 'object', properties: { a: { $ref: '#/$defs/a' } } } } };
  let deep: SchemaNode = text;
  for (let level = 0; level < 40; level += 1) deep = { type: 'object', title: '层', properties: { deep } };
  test.each<[string, string, FormDocument]>([
    ['a list at the root', 'form-root', { schema: { type: 'array' }, ui: {} }],
    ['a remote reference', 'form-reference', form({ a: { $ref: 'https://example.org/a.json' } })],
    ['a missing reference', 'form-reference', form({ a: { $ref: '#/$defs/none' } })],
    ['a form within itself', 'form-reference', form({ a: { $ref: '#/$defs/a' } }, recursive)],
    ['a pattern without bound', 'form-pattern', form({ a: { ...text, pattern: '^(a+)+$' } })],
    ['patterns of names', 'form-keyword', form({}, { patternProperties: { '(a+)+': {} } })],
    ['a dynamic reference', 'form-keyword', form({}, { $dynamicRef: '#a' })],
    ['a default on a choice', 'form-default-choice', form({ a: { ...choice, default: 'a' } })],
    ['a default on yes or no', 'form-default-choice', form({ a: { type: 'boolean', title: '是', default: true } })],
    ['too many choices', 'form-choices', form({ a: { enum: Array.from({ length: 501 }, (_, index) => index) } })],
    ['unique items without bound', 'form-unique-items', form({ a: { type: 'array', uniqueItems: true } })],
    ['too deep a nesting', 'form-too-large', form({ deep })],
    ['too long a form', 'form-too-large', form({ a: { ...text, description: 'x'.repeat(300_001) } })],
    ['an unknown format', 'form-format', form({ a: { ...text, format: 'phone' } })],
    ['a prototype name', 'form-field-name', form(JSON.parse('{"__proto__": {"type": "string"}}'))],
    ['a reserved name', 'form-field-name', form({ actors: text })],
    ['an unknown widget', 'form-widget', form({ text }, {}, { text: { 'ui:widget': 'hologram' } })],
    ['a lookup of nothing', 'form-lookup', form({ text }, {}, { text: { 'ui:widget': 'lookup' } })],
    ['a ui field of nothing', 'form-ui-field', form({ text }, {}, { other: { 'ui:widget': 'radio' } })],
    ['an order that leaves a field out', 'form-order', form({ text, choice }, {}, { 'ui:order': ['text'] })],
    [
      'a constraint that is no FEEL',
      'form-constraint',
      form({ text }, { 'x-constraint': [{ expression: '=1 +', path: '/text' }] }),
    ],
    [
      'a constraint at no field',
      'form-constraint',
      form({ text }, { 'x-constraint': [{ expression: '=true', path: '/none' }] }),
    ],
    ['a schema that is none', 'form-schema', form({ a: { ...text, maxLength: -1 } })],
  ])('%s', (_, rule, document) => {
    expect(rulesOf(document)).toContain(rule);
  });
});

describe('noticed', () => {
  test.each<[string, string, FormDocument]>([
    ['a field without a title', 'form-untitled', form({ a: { type: 'string' } })],
    ['a field without an English title', 'form-untranslated', form({ a: { type: 'string', title: '甲' } })],
    [
      'a list without bound',
      'form-list-length',
      form({ a: { type: 'array', title: '表', ...en('List'), items: text } }),
    ],
    ['a name expressions cannot read', 'form-field-name', form({ 'a-b': text })],
  ])('%s', (_, rule, document) => {
    expect(rulesOf(document, 'warning')).toContain(rule);
    expect(rulesOf(document)).toEqual([]);
  });
});

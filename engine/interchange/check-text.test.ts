import { describe, expect, it } from 'vitest';
import { checkText, isPrototypeName } from './check-text.ts';

const within = (inner: string) => `<definitions>${inner}</definitions>`;
const rule = (xml: string) => checkText(xml)?.rule;

describe('characters', () => {
  it.each([
    ['NUL', 'a\0b'],
    ['a control character', 'a\u0001b'],
    ['NUL by number', 'a&#0;b'],
    ['a control character by hexadecimal number', 'a&#x1F;b'],
    ['half a surrogate pair by number', 'a&#xD800;b'],
    ['a number beyond Unicode', 'a&#x110000;b'],
  ])('%s is refused and its place named', (_name, text) => {
    expect(checkText(within(text))).toMatchObject({ rule: 'bad-characters', path: expect.stringMatching(/^1:\d+$/) });
  });

  it('half a surrogate pair is refused', () => {
    expect(rule(within('\uD800'))).toBe('bad-characters');
  });

  it('line breaks, tabs and Chinese are let through, by number as well', () => {
    expect(rule(within('检查\t\r\n&#10;&#x9;&#x20BB7;'))).toBeUndefined();
  });
});

describe('shape', () => {
  it('a file may not be nested without end', () => {
    expect(rule('<a>'.repeat(200))).toBe('too-deep');
  });

  it('a tag that looks closed inside its quotes is not', () => {
    expect(rule('<a b="/>">'.repeat(200))).toBe('too-deep');
    expect(rule("<a b='x>/>'>".repeat(200))).toBe('too-deep');
  });

  it('many elements side by side are refused', () => {
    expect(rule(within('<a/>'.repeat(30_000)))).toBe('too-many-elements');
  });

  it('what stands in comments and character data does not count', () => {
    expect(rule(within(`<!--${'<a>'.repeat(200)}--><![CDATA[${'<a>'.repeat(200)}]]>`))).toBeUndefined();
  });

  it.each(['<', '<a ', '<!--', '<![CDATA[', '<?', '<a b="'])('a megabyte of %s is looked at once only', (piece) => {
    expect(rule(piece.repeat(1024 * 1024))).not.toBe('doctype');
  });
});

it.each(['__proto__', 'constructor', 'prototype', 'isPrototypeOf', 'toLocaleString', '__lookupGetter__'])(
  'an element may not be called %s',
  (name) => {
    expect(isPrototypeName(name)).toBe(true);
  },
);

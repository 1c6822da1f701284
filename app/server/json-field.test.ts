import { describe, expect, it } from 'vitest';
import { parseJsonObject } from './json-field.ts';

describe('submitted JSON', () => {
  it('comes through as it is', () => {
    expect(parseJsonObject('{"a":[1,"二",null,{"b":false}]}')).toEqual({ a: [1, '二', null, { b: false }] });
  });

  it.each([
    ['no JSON', '{'],
    ['a list', '[]'],
    ['null', 'null'],
    ['a prototype key', '{"a":{"__proto__":{"x":1}}}'],
    ['a constructor key', '{"constructor":1}'],
    ['NUL', '{"a":"\\u0000"}'],
    ['half a surrogate pair', '{"a":"\\ud800"}'],
    ['NUL in a name', '{"\\u0000":1}'],
    ['a number beyond numbers', '{"a":1e999}'],
    ['endless depth', `{"a":${'['.repeat(100)}${']'.repeat(100)}}`],
  ])('with %s is refused with 422', (_what, text) => {
    let thrown: unknown;
    try {
      parseJsonObject(text);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(Response);
    expect(thrown instanceof Response && thrown.status).toBe(422);
  });
});

import Ajv2020 from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesSchema } from './match-schema.ts';

const ajv = new Ajv2020({ strict: false });
const agree = (schema: object, data: unknown) => {
  expect(matchesSchema(schema, data, schema)).toBe(ajv.validate(schema, data));
};

describe('matchesSchema', () => {
  it.each([
    [{ properties: { qty: { minimum: 1 } }, required: ['qty'] }, [{ qty: 1 }, { qty: 0 }, {}, 'text']],
    [{ properties: { kind: { const: 'ct' } }, required: ['kind'] }, [{ kind: 'ct' }, { kind: 'mr' }, {}]],
    [{ properties: { kind: { enum: ['a', 'b'] } } }, [{ kind: 'b' }, { kind: 'c' }, {}]],
    [{ oneOf: [{ const: 1 }, { type: 'integer' }] }, [1, 2, 'x']],
    [{ not: { required: ['a'] } }, [{ a: 1 }, {}]],
    [
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      { if: { required: ['a'] }, then: { required: ['b'] }, else: { maxProperties: 9 } },
      [{ a: 1 }, { a: 1, b: 2 }, {}],
    ],
    [{ type: 'array', contains: { const: 'x' }, minItems: 2 }, [['x', 'y'], ['x'], ['y', 'z']]],
    [
      { $defs: { code: { pattern: '^[0-9]{3}$' } }, properties: { c: { $ref: '#/$defs/code' } } },
      [{ c: '123' }, { c: '12' }],
    ],
    [{ type: ['string', 'null'], maxLength: 2 }, ['药品', '一二三', null, 3]],
    [{ exclusiveMinimum: 0, exclusiveMaximum: 10 }, [0, 5, 10]],
  ])('agrees with the server on %j', (schema, all) => {
    for (const data of all) agree(schema, data);
  });

  it('agrees with the server on made-up conditions', () => {
    const condition = fc.record({
      properties: fc.record({
        a: fc.oneof(
          fc.record({ const: fc.constantFrom(0, 1, 'x') }),
          fc.record({ minimum: fc.integer({ min: 0, max: 3 }) }),
        ),
        b: fc.record({ enum: fc.constantFrom(['x'], ['x', 'y'], [true]) }),
      }),
      required: fc.constantFrom([], ['a'], ['a', 'b']),
    });
    const data = fc.record(
      { a: fc.constantFrom<unknown>(0, 1, 2, 'x', null), b: fc.constantFrom<unknown>('x', 'y', true, []) },
      { requiredKeys: [] },
    );
    fc.assert(fc.property(condition, data, (schema, value) => agree(schema, value)));
  });

  it('takes a field that is not filled in yet as absent', () => {
    expect(matchesSchema({ required: ['a'] }, { a: undefined }, {})).toBe(false);
  });
});

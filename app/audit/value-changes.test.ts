import fc from 'fast-check';
import { expect, it } from 'vitest';
import { valueChanges } from './value-changes.ts';

it('names what changed, appeared and went, field by field', () => {
  const before = { same: 1, changed: { a: 1, b: 2 }, gone: 'x', list: [1] };
  const after = { same: 1, changed: { a: 1, b: 3 }, list: [1, 2], fresh: { c: null } };
  expect(valueChanges(before, after)).toEqual([
    { path: ['changed', 'b'], before: 2, after: 3 },
    { path: ['gone'], before: 'x', after: undefined },
    { path: ['list'], before: [1], after: [1, 2] },
    { path: ['fresh', 'c'], before: undefined, after: null },
  ]);
});

it('is empty for equal values', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.oneof(fc.integer(), fc.string(), fc.constant(null))), (values) => {
      expect(valueChanges(values, structuredClone(values))).toEqual([]);
    }),
  );
});

it('gives back the later values when its changes are applied to the earlier ones', () => {
  const flat = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.oneof(fc.integer(), fc.array(fc.integer())));
  fc.assert(
    fc.property(flat, flat, (before, after) => {
      const applied: Record<string, unknown> = { ...before };
      for (const { path, after: value } of valueChanges(before, after)) {
        const [name = ''] = path;
        if (value === undefined) delete applied[name];
        else applied[name] = value;
      }
      expect(applied).toEqual(after);
    }),
  );
});

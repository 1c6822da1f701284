import { expect, it } from 'vitest';
import { fieldIdOf, toErrorSchema } from './form-errors.ts';
import { prune } from './prune.ts';

it('leaves out what was not filled in, and keeps no, zero and empty lists', () => {
  expect(
    prune({ a: '', b: undefined, c: { d: '', e: {} }, f: false, g: 0, h: [], i: [{ j: '' }, { j: 'x' }] }),
  ).toEqual({
    f: false,
    g: 0,
    h: [],
    i: [{ j: 'x' }],
  });
});

it('hangs errors on the fields their pointers name', () => {
  expect(
    toErrorSchema([
      { path: '/lines/0/qty', message: 'one' },
      { path: '/lines/0/qty', message: 'two' },
      { path: '', message: 'whole' },
    ]),
  ).toEqual({ __errors: ['whole'], lines: { '0': { qty: { __errors: ['one', 'two'] } } } });
  expect(fieldIdOf('/lines/0/qty')).toBe('root_lines_0_qty');
});

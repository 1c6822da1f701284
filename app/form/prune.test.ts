import { expect, it } from 'vitest';
import { fieldIdOf, toErrorSchema } from './form-errors.ts';
import { localiseSchema } from './localise-form.ts';
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

it('speaks the language asked for and falls back to Chinese', () => {
  const schema = {
    $id: 'urn:x',
    title: '表',
    'x-i18n': { en: { title: 'Form' } },
    'x-constraint': [],
    properties: {
      kind: { title: '类型', oneOf: [{ const: 'a', title: '甲', 'x-i18n': { en: { title: 'A' } } }] },
      side: { enum: ['l'], 'x-i18n': { en: { title: 'Side', enumNames: { l: 'Left' } } } },
    },
  };
  expect(localiseSchema({ schema, ui: {} }, 'en')).toEqual({
    title: 'Form',
    properties: {
      kind: { title: '类型', oneOf: [{ const: 'a', title: 'A' }] },
      side: { enum: ['l'], title: 'Side', oneOf: [{ const: 'l', title: 'Left' }] },
    },
  });
});

import { expect, test } from 'vitest';
import { parseTraceparent, printTraceparent } from './traceparent.ts';

const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
const span = '00f067aa0ba902b7';

test('a traceparent is read and written as the standard has it', () => {
  const context = { traceId: trace, spanId: span, traceFlags: 1, isRemote: true };
  expect(parseTraceparent(`00-${trace}-${span}-01`)).toEqual(context);
  expect(parseTraceparent(`cc-${trace}-${span}-03-what-a-later-version-adds`)).toEqual(context);
  expect(printTraceparent(context)).toBe(`00-${trace}-${span}-01`);
});

test.each([
  ['nothing', undefined],
  ['an empty one', ''],
  ['capitals', `00-${trace.toUpperCase()}-${span}-01`],
  ['a trace of zeros', `00-${'0'.repeat(32)}-${span}-01`],
  ['a span of zeros', `00-${trace}-${'0'.repeat(16)}-01`],
  ['the forbidden version', `ff-${trace}-${span}-01`],
  ['one with more behind it', `00-${trace}-${span}-01x`],
  ['one that is far too long', `00-${trace}-${span}-01-${'a'.repeat(300)}`],
])('%s is none', (_name, text) => {
  expect(parseTraceparent(text)).toBeUndefined();
});

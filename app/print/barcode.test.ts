import { expect, it } from 'vitest';
import { barcodeOf } from './barcode.server.ts';

it('starts and stops as Code 128 does, eleven modules a symbol', () => {
  const modules = barcodeOf('YZ1-1') ?? '';
  // Start B, then the quiet zone is the page's.
  expect(modules.startsWith('11010010000')).toBe(true);
  expect(modules.endsWith('1100011101011')).toBe(true);
  // Start, five characters, checksum, and the stop's thirteen.
  expect(modules).toHaveLength(11 * 7 + 13);
});

it('does not encode what Code 128 has no sign for', () => {
  expect(barcodeOf('')).toBeUndefined();
  expect(barcodeOf('医嘱1')).toBeUndefined();
});

import { expect, test } from 'vitest';
import { decodeXml } from './index.ts';

const bytesOf = (head: string, ...tail: readonly number[]) =>
  new Uint8Array([...new TextEncoder().encode(head), ...tail]);

test.each([
  ['UTF-8', bytesOf('<?xml version="1.0" encoding="UTF-8"?><a>', 0xe5, 0x8c, 0xbb), '医'],
  ['nothing', bytesOf('<a>', 0xe5, 0x8c, 0xbb), '医'],
  ['ISO-8859-1', bytesOf('<?xml version="1.0" encoding="ISO-8859-1"?><a>', 0xe9), 'é'],
  ['GB18030', bytesOf("<?xml version='1.0' encoding='gb2312'?><a>", 0xd2, 0xbd), '医'],
])('a file that declares %s is read, and says UTF-8 from then on', (_encoding, bytes, letter) => {
  const decoded = decodeXml(bytes);
  expect(decoded).toMatchObject({ ok: true, text: expect.stringMatching(new RegExp(`<a>${letter}$`)) });
  expect(JSON.stringify(decoded)).not.toMatch(/8859|gb2312/);
});

test('a byte order mark is taken off', () => {
  expect(decodeXml(new Uint8Array([0xef, 0xbb, 0xbf, 0x3c, 0x61]))).toEqual({ ok: true, text: '<a' });
});

test.each([
  ['bytes of another encoding', bytesOf('<a>', 0xd6, 0xd0), 'utf-8'],
  ['UTF-16', new Uint8Array([0xff, 0xfe, 0x3c, 0x00]), 'utf-8'],
  ['an encoding nobody knows', bytesOf('<?xml version="1.0" encoding="UTF-7"?><a>'), 'utf-7'],
])('%s are refused by name', (_what, bytes, encoding) => {
  expect(decodeXml(bytes)).toMatchObject({ ok: false, encoding, message: expect.stringContaining('Expected text in') });
});

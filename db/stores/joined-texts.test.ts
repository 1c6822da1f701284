import { expect, test } from 'vitest';
import { joinedTexts } from './joined-texts.ts';

const PARTING = 0x1f;
const parted = (texts: readonly string[]) => Buffer.from(joinedTexts(texts, PARTING)).toString().split('\u001f');

test.each([
  ['one', ['{"a":1}']],
  ['several, of letters of every length', ['a', 'é', '核对', '😀𠮷', 'a核']],
  ['some that are empty', ['', 'a', '', '']],
  ['one larger than the room that is kept', ['x', '核'.repeat(4_000_000), 'y']],
])('%s: the bytes are those of the texts', (_name, texts) => {
  expect(parted(texts)).toEqual(texts);
});

test('none at all are no bytes', () => {
  expect(joinedTexts([], PARTING)).toHaveLength(0);
});

test('bytes that were given out stay as they are when the next are made', () => {
  const first = joinedTexts(['first'], PARTING);
  joinedTexts(['other'], PARTING);
  expect(Buffer.from(first).toString()).toBe('first');
});

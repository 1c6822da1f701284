import { expect, test } from 'vitest';
import { copyLine, readCopyLine } from './copy-text.ts';

test.each([
  [['plain', '王小\t一', 'two\nlines\r\n']],
  [[null, '', '\\N', '\\']],
  [['\\\\n', '\\t is no tab', '\u2028 is no end of a line']],
])('a row is read as it was written: %j', (row) => {
  const line = copyLine(row);
  expect(line.endsWith('\n')).toBe(true);
  expect(line.slice(0, -1)).not.toContain('\n');
  expect(readCopyLine(line.slice(0, -1))).toEqual(row);
});

import { expect, test } from 'vitest';
import { englishBeside, englishOfField } from './english-beside.ts';

const data = {
  level_name: '科长',
  level_nameEn: 'Section head',
  lines: [
    { name: '阿司匹林', nameEn: 'Aspirin', why: '' },
    { name: '氯化钠', nameEn: '' },
  ],
};

test.each([
  ['root_level_name', 'Section head'],
  ['root_lines_0_name', 'Aspirin'],
  ['root_lines_1_name', undefined],
  ['root_lines_0_why', undefined],
  ['root_lines_9_name', undefined],
  ['root_other', undefined],
])('beside %s stands %s', (id, english) => {
  expect(englishOfField(data, id)).toBe(english);
});

test('what is no text is no English', () => {
  expect(englishBeside({ n: 1, nEn: 2 }, 'n')).toBeUndefined();
  expect(englishBeside(undefined, 'n')).toBeUndefined();
});

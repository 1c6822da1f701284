import { describe, expect, it, test } from 'vitest';
import { parseCsv } from './parse-csv.ts';
import { weaknessOf } from './password-rule.ts';
import { readPeople } from './read-people.ts';

const header = 'id,name,nameEn,department,roles,credentials,hours,password';

function findingsOf(csv: string) {
  const read = readPeople(csv, 'csv');
  return read.ok ? [] : read.findings;
}

describe('a file of people', () => {
  it('gives people with their lists, and what was left out as it is meant', () => {
    const read = readPeople(
      `\uFEFF${header}\r\ndr-lin,林医生,Lin,CARD,doctor;resident,prescribe,00:00-08:00 20:00-24:00,\r\nnurse-bai,"白, 护士",,CARD,nurse,,,tiān-dì-xuán-huáng\r\n`,
      'csv',
    );
    expect(read).toEqual({
      ok: true,
      people: [
        {
          ...{ id: 'dr-lin', name: '林医生', nameEn: 'Lin', department: 'CARD', roles: ['doctor', 'resident'] },
          credentials: ['prescribe'],
          hours: [
            { fromMinute: 0, toMinute: 480 },
            { fromMinute: 1_200, toMinute: 1_440 },
          ],
        },
        {
          ...{ id: 'nurse-bai', name: '白, 护士', nameEn: '白, 护士', department: 'CARD', roles: ['nurse'] },
          ...{ credentials: [], hours: [{ fromMinute: 0, toMinute: 1_440 }], password: 'tiān-dì-xuán-huáng' },
        },
      ],
    });
  });

  it('may be JSON', () => {
    const people = [{ id: 'po-an', name: '安', department: 'IT', roles: ['process-owner'] }];
    expect(readPeople(JSON.stringify(people), 'json')).toMatchObject({ ok: true, people });
  });

  it.each([
    ['id', 'Dr Lin,林,,CARD,doctor,,,'],
    ['name', 'dr-lin,,,CARD,doctor,,,'],
    ['department', 'dr-lin,林,,HEART,doctor,,,'],
    ['roles', 'dr-lin,林,,CARD,surgeon,,,'],
    ['roles', 'dr-lin,林,,CARD,,,,'],
    ['credentials', 'dr-lin,林,,CARD,doctor,Prescribe!,,'],
    ['hours', 'dr-lin,林,,CARD,doctor,,20:00-08:00,'],
    ['hours', 'dr-lin,林,,CARD,doctor,,08:00-25:00,'],
    ['password', 'dr-lin,林,,CARD,doctor,,,short'],
    ['column 9', 'dr-lin,林,,CARD,doctor,,,,more'],
  ])('with a wrong %s is refused by row and field', (field, line) => {
    const good = 'dr-bo,薄,,CARD,doctor,,,';
    expect(findingsOf(`${header}\n${good}\n\n${line}\n`)).toMatchObject([{ row: 4, field }]);
  });

  it('says everything that is wrong, never a password', () => {
    const findings = findingsOf(`${header}\nA,,,CARD,doctor,,,my-secret\nb1,林,,X,doctor,,,\nb1,林,,CARD,doctor,,,`);
    expect(findings.map(({ row, field }) => [row, field])).toEqual([
      ...[
        [2, 'id'],
        [2, 'name'],
        [3, 'department'],
        [4, 'id'],
      ],
    ]);
    expect(JSON.stringify(findings)).not.toContain('my-secret');
  });

  it.each([
    ['', 'csv'],
    [header, 'csv'],
    ['{}', 'json'],
    ['[]', 'json'],
    ['[', 'json'],
    ['[null]', 'json'],
    ['{"id":1', 'json'],
  ] as const)('%j as %s is refused', (text, format) => {
    expect(readPeople(text, format).ok).toBe(false);
  });
});

test.each([
  [
    'a,b\nc,d',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  [
    'a,"b ""x"", y"\r\n"c\nd",e\r\n',
    [
      ['a', 'b "x", y'],
      ['c\nd', 'e'],
    ],
  ],
  ['a"b,c\n', [['a"b,c']]],
  ['a,\n\n,\nb', [['a', ''], ['b']]],
  ['', []],
])('%j is read as CSV', (text, cells) => {
  expect(parseCsv(text).map((row) => row.cells)).toEqual(cells);
});

test('a row is found by the line it begins on', () => {
  expect(parseCsv('a\n"b\nc"\nd').map(({ line }) => line)).toEqual([1, 2, 4]);
});

describe('a password', () => {
  it.each([
    'eleven-char',
    'aaaaaaaaaaaaaaa',
    'Password123456',
    'meridian-demo',
    'dr-lin-dr-lin-1',
    'Lin Mei 123456',
    'x'.repeat(300),
  ])('%j is refused', (password) => {
    expect(weaknessOf(password, ['dr-lin', '林', 'Lin Mei'])).toMatch(/^Expected a password/);
  });

  it.each(['correct horse battery', '天地玄黄宇宙洪荒日月盈昃', 'v7#mQ2!kPz9w'])('%j will do', (password) => {
    expect(weaknessOf(password, ['dr-lin', '林', 'Lin Mei'])).toBeUndefined();
  });
});

import { expect, test } from 'vitest';
import { placeValue, readOperations } from './read-operations.ts';

function form(fields: Readonly<Record<string, string>>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
}

test('reads moves, cancels and additions, and leaves alone what was left alone', () => {
  const fields = { 'token-3': `to:${placeValue('A')}`, 'token-4': 'cancel', 'token-5': '', 'scope-7': 'cancel' };
  expect(readOperations(form({ ...fields, add: placeValue('Join', 'flow1'), reason: 'x' }))).toEqual([
    { kind: 'move-token', token: 3, node: 'A' },
    { kind: 'cancel-token', token: 4 },
    { kind: 'cancel-scope', scope: 7 },
    { kind: 'place-token', node: 'Join', flow: 'flow1' },
  ]);
});

test('places in the run that was named, and takes no other field for an operation', () => {
  expect(readOperations(form({ add: 'B', within: '9', 'token-x': 'cancel', 'token-0': 'cancel' }))).toEqual([
    { kind: 'place-token', node: 'B', scope: 9 },
  ]);
});

import postgres from 'postgres';
import { expect, test } from 'vitest';
import { CannotStart } from '../../db/cannot-start.ts';
import { explainConnection } from './explain-connection.server.ts';

const coded = (code: string) => Object.assign(new Error('secret inside'), { code });

test.each([
  ['a refused connection', coded('ECONNREFUSED'), /no server answers.*ECONNREFUSED/],
  ['a refusal by each of several addresses', new AggregateError([coded('ECONNREFUSED')]), /no server answers/],
  ['a wrong password', coded('28P01'), /user or password/],
  ['missing rights inside a migration', new Error('Failed query', { cause: coded('42501') }), /may not create tables/],
])('%s becomes a sentence that names the setting and repeats no secret', (_what, error, sentence) => {
  const explained = explainConnection(error);
  expect(explained).toBeInstanceOf(CannotStart);
  expect(String(explained)).toMatch(/setting DATABASE_URL/);
  expect(String(explained)).toMatch(sentence);
  expect(String(explained)).not.toMatch(/secret/);
});

test('what the driver says of a port nobody listens on is known', async () => {
  const client = postgres('postgres://u:p@127.0.0.1:1/d', { max: 1 });
  const failure: unknown = await client`select 1`.catch((error: unknown) => error);
  expect(String(explainConnection(failure))).toMatch(/no server answers/);
});

test('an error nobody has a sentence for stays as it is', () => {
  const error = new Error('planted');
  expect(explainConnection(error)).toBe(error);
});

import { expect, test } from 'vitest';
import { meaningOf, toStoreFailure } from './store-failures.ts';

const known = {
  retry: [
    ...['40001', '40P01', '55P03', '57014', '53100', '53200', '53300', '57P03', '25006', '08001'],
    ...['CONNECT_TIMEOUT', 'CONNECTION_ENDED', 'ECONNREFUSED', 'ENOTFOUND'],
  ],
  'unknown-outcome': [
    ...['57P01', '57P02', '08003', '08006', '08007', '40003', '58030'],
    ...['CONNECTION_CLOSED', 'CONNECTION_DESTROYED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'DEADLINE'],
  ],
  refused: ['23505', '22P05', '42P01', '42501', '28P01', '3D000', 'whatever else'],
} as const;

test.each(Object.entries(known))('%s', (meaning, codes) => {
  for (const code of codes) expect([code, meaningOf(code)]).toEqual([code, meaning]);
});

test('a failure that was wrapped is found, and its statement left behind', () => {
  const inner = Object.assign(new Error('deadlock'), {
    code: '40P01',
    routine: 'DeadLockReport',
    parameters: ['王小明'],
  });
  const failure = toStoreFailure(new Error('Failed query', { cause: inner }));
  expect(failure).toMatchObject({ meaning: 'retry', code: '40P01' });
  expect(failure).not.toHaveProperty('cause');
  expect(failure?.message).toBe('The store failed (retry, 40P01 at DeadLockReport)');
});

test('what has no code is a bug, not a failure of the store', () => {
  expect(toStoreFailure(new TypeError('undefined is not a function'))).toBeUndefined();
});

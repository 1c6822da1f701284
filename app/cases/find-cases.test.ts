import { expect, it } from 'vitest';
import { asQuery } from './find-cases.server.ts';

it('asks for whole days of the hospital, and for none where the address names no day', () => {
  const { from, to } = asQuery('hospital', { from: '2026-03-02', to: '2026-03-02' });
  expect([from, to]).toEqual(['2026-03-01T16:00:00.000Z', '2026-03-02T16:00:00.000Z']);
  const none = asQuery('hospital', { from: '2026-13-01', to: '2026-02-31' });
  expect([none.from, none.to]).toEqual([undefined, undefined]);
});

import { expect, test } from 'vitest';
import { mayRetry } from './incident-roles.ts';

test('what may have been carried out is not retried; what failed, or is gone, may be asked for', () => {
  const incidents = [
    { incidentId: 'a', code: 'job-outcome-unknown' },
    { incidentId: 'b', code: 'job-failed' },
  ] as const;
  expect(['a', 'b', 'gone'].map((id) => mayRetry(incidents, id))).toEqual([false, true, true]);
});

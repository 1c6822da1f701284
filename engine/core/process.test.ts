import { describe, expect, test } from 'vitest';
import { CaseRun, compiled } from '../../tests/spec/case-run.ts';
import {
  boundary,
  chain,
  element,
  flow,
  job,
  message,
  on,
  processOf,
  script,
  timer,
} from '../../tests/spec/diagram.ts';

const start = element('startEvent', 'start');
const end = element('endEvent', 'end');

describe('a case', () => {
  test('goes from start to end through a user task', async () => {
    const run = new CaseRun(await compiled(processOf('p', start, element('userTask', 'A'), end, chain('start A end'))));

    run.start({ orderNo: 'O-1' });
    expect(run.tasks).toEqual(['A']);

    run.complete('A', { paid: true });
    expect(run.outcome).toBe('completed');
    expect(run.variables).toEqual({ orderNo: 'O-1', paid: true });
  });
});

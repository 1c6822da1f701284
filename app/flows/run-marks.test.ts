import { expect, test } from 'vitest';
import { runMarks } from './run-marks.ts';

const trace = [
  { elementId: 'start', event: 'starts' as const },
  { elementId: 'task', flowId: 'f1' },
  { elementId: 'join', flowId: 'f2' },
  { elementId: 'join', event: 'waits-for-ever' as const },
];

test('a run shows what it has passed and where it is', () => {
  const classes = { start: 'run-past', f1: 'run-past', task: 'run-here' };
  expect(runMarks(trace, 1)).toEqual({ classes, here: 'task' });
});

test('the last step shows the fault itself', () => {
  expect(runMarks(trace, 3)).toMatchObject({ classes: { task: 'run-past', join: 'run-fault' }, here: 'join' });
});

test('a run that is over leaves no marks', () => {
  expect(runMarks(trace, 9)).toEqual({ classes: {} });
});

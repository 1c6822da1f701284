import { expect, test } from 'vitest';
import { formsOf } from './steps-of.server.ts';

test('the form of an element is that of the task it opened', () => {
  const opened = { type: 'TaskOpened', n: 1, owner: { scope: 1, token: 2, node: 'A2_Pay' }, task: { formId: 'pay' } };
  expect([...formsOf([{ events: [{ type: 'CaseStarted' }, opened] }])]).toEqual([['A2_Pay', 'pay']]);
});

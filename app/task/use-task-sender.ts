import { useFetcher } from '@remix-run/react';
import { useEffect } from 'react';
import { type GoOn, useGoOn } from '../ui/go-on.ts';
import { useLiveUpdates } from '../ui/use-live-updates.ts';
import type { TaskRefusal } from './task-data.ts';

/** How a task's page sends its commands, and what came of the last one. */
export type TaskSender = {
  readonly send: (fields: Readonly<Record<string, string>>) => void;
  readonly busy: boolean;
  readonly refused: TaskRefusal | undefined;
};

/**
 * Sends the commands of a task's page and keeps the page up to date. It belongs to the page, not to its form: the task may
 * show as done before the answer is here, and the form with it be gone.
 */
export function useTaskSender(address: string): TaskSender {
  const hold = useLiveUpdates();
  const fetcher = useFetcher<GoOn | TaskRefusal>({ key: address });
  const answer = fetcher.data;
  const busy = fetcher.state !== 'idle';
  const leaves = answer && 'next' in answer && answer.next !== address ? answer : undefined;
  useGoOn(leaves);
  useEffect(() => {
    if (answer && !leaves) hold(false);
  }, [answer, leaves, hold]);
  const send = (fields: Readonly<Record<string, string>>) => {
    hold(true);
    fetcher.submit({ ...fields, reply: 'next' }, { method: 'post', action: address });
  };
  return { send, busy, refused: busy || answer === undefined || 'next' in answer ? undefined : answer };
}

import { useFetcher, useNavigate } from '@remix-run/react';
import { useEffect } from 'react';
import { useLiveUpdates } from '../ui/use-live-updates.ts';
import type { TaskDone, TaskRefusal } from './task-data.ts';

/** How a task's page sends its commands, and what came of the last one. */
export type TaskSender = {
  readonly send: (fields: Readonly<Record<string, string>>) => void;
  readonly busy: boolean;
  readonly refused: TaskRefusal | undefined;
};

/**
 * Sends the commands of a task's page and keeps the page up to date. It belongs to the page, not to its form: the task may
 * show as done before the answer is here, and the form with it be gone. The page goes on by itself and not by a redirect,
 * which is lost on the router when the page's data are asked for again at the same time.
 */
export function useTaskSender(address: string): TaskSender {
  const hold = useLiveUpdates();
  const navigate = useNavigate();
  const fetcher = useFetcher<TaskDone | TaskRefusal>({ key: address });
  const answer = fetcher.data;
  const busy = fetcher.state !== 'idle';
  useEffect(() => {
    if (answer === undefined) return;
    if ('next' in answer && answer.next !== address) navigate(answer.next);
    else hold(false);
  }, [answer, address, navigate, hold]);
  const send = (fields: Readonly<Record<string, string>>) => {
    hold(true);
    fetcher.submit({ ...fields, reply: 'next' }, { method: 'post', action: address });
  };
  return { send, busy, refused: busy || answer === undefined || 'next' in answer ? undefined : answer };
}

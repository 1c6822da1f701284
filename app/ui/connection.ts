import { isRouteErrorResponse } from '@remix-run/react';
import type { TaskRefusal } from '../task/task-data.ts';

let lost = false;
const listeners = new Set<() => void>();

/** Says whether the server can be reached. */
export function setConnection(state: 'open' | 'lost'): void {
  if (lost === (state === 'lost')) return;
  lost = state === 'lost';
  for (const listener of listeners) listener();
}

/** Whether the connection is lost, for `useSyncExternalStore`. */
export function isConnectionLost(): boolean {
  return lost;
}

/** Calls back when the connection is lost or comes back; returns how to stop. */
export function watchConnection(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What the browsers' `fetch` and the data reader say of an answer that did not come, or broke off; each its own words. */
const broken = /failed to fetch|networkerror|network error|load failed|turbo-stream/i;
/** Whether a status says that the server is away or can do nothing for the moment: a proxy's for it, or its own while its database is away. */
export function isServerAway(status: number): boolean {
  return status === 502 || status === 503 || status === 504;
}

/** Whether an error means that the server was not reached, rather than that it refused or failed. */
export function isConnectionFailure(error: unknown): boolean {
  if (isRouteErrorResponse(error)) return isServerAway(error.status);
  return error instanceof Error && broken.test(error.message);
}

/** The answer a form gets when none came: whether it was saved is not known, and sending it again under its key is safe. */
export const noAnswer: TaskRefusal = { code: 'errors:connection.unsure', params: {}, errors: [] };

/** Sends a form; when the server is not reached the page keeps the form and gets `noAnswer`. */
export async function sendOrKeep<T>(send: () => Promise<T>): Promise<T | TaskRefusal> {
  try {
    return await send();
  } catch (error) {
    if (isConnectionFailure(error)) return noAnswer;
    throw error;
  }
}

/** For routes' `shouldRevalidate`: what cannot be reached is not asked for its data. */
export function unlessNoAnswer({
  actionResult,
  defaultShouldRevalidate,
}: {
  actionResult?: unknown;
  defaultShouldRevalidate: boolean;
}): boolean {
  return actionResult === noAnswer ? false : defaultShouldRevalidate;
}

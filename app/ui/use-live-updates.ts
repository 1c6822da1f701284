import { useRevalidator } from '@remix-run/react';
import { useCallback, useEffect, useRef } from 'react';

const pollMilliseconds = 15_000;

/** Whether the server is there. Data asked for in vain would put an error page in the place of what the person does. */
function answers(): Promise<boolean> {
  return fetch('/health/live', { cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  );
}

/**
 * Asks for the page's data again when the server says that something changed; by polling while the event stream is
 * down. A hidden page waits until it is looked at.
 *
 * @returns how to hold it, at once, while an answer is awaited that leads elsewhere: data asked for meanwhile would count
 *   as the later wish of the two, and the person would stay
 */
export function useLiveUpdates(paused = false): (hold: boolean) => void {
  const { revalidate, state } = useRevalidator();
  const latest = useRef({ revalidate, state, paused });
  latest.current = { revalidate, state, paused };
  const held = useRef(false);
  useEffect(() => {
    let stale = false;
    const refresh = () => {
      const { revalidate: again, state: now, paused: waiting } = latest.current;
      stale = document.hidden || waiting || held.current || now !== 'idle';
      if (!stale) again();
    };
    const source = new EventSource('/events');
    source.addEventListener('changed', refresh);
    // What changes while the stream is down is not told afterwards.
    source.addEventListener('error', () => {
      stale = true;
    });
    const poll = setInterval(() => {
      if (source.readyState !== EventSource.OPEN) answers().then((there) => there && refresh());
      else if (stale) refresh();
    }, pollMilliseconds);
    const whenShown = () => {
      if (!document.hidden && stale) refresh();
    };
    document.addEventListener('visibilitychange', whenShown);
    return () => {
      source.close();
      clearInterval(poll);
      document.removeEventListener('visibilitychange', whenShown);
    };
  }, []);
  return useCallback((hold) => {
    held.current = hold;
  }, []);
}

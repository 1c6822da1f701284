import { useRevalidator } from '@remix-run/react';
import { useEffect, useRef } from 'react';

const pollMilliseconds = 15_000;

/**
 * Asks for the page's data again when the server says that something changed; by polling while the event stream is
 * down. A hidden page waits until it is looked at.
 */
export function useLiveUpdates(paused = false): void {
  const { revalidate, state } = useRevalidator();
  const latest = useRef({ revalidate, state, paused });
  latest.current = { revalidate, state, paused };
  useEffect(() => {
    let stale = false;
    const refresh = () => {
      const { revalidate: again, state: now, paused: waiting } = latest.current;
      stale = document.hidden || waiting || now !== 'idle';
      if (!stale) again();
    };
    const source = new EventSource('/events');
    source.addEventListener('changed', refresh);
    const poll = setInterval(() => {
      if (stale || source.readyState !== EventSource.OPEN) refresh();
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
}

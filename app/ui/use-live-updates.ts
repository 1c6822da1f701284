import { useRevalidator } from '@remix-run/react';
import { useCallback, useEffect, useRef } from 'react';
import { setConnection } from './connection.ts';
import { openLiveStream } from './live-stream.ts';

/** A busy hospital changes all the time; a page that was read just now waits this long before it is read again. */
const restMilliseconds = 1_000;

/**
 * Asks for the page's data again when the server says that something changed, never while it cannot be reached: a page that cannot be
 * read again stays as it is, with what was filled in.
 *
 * @param paused what changes meanwhile is fetched afterwards
 * @returns how to hold it, at once, while an answer is awaited that leads elsewhere: data asked for meanwhile would count
 *   as the later wish of the two, and the person would stay
 */
export function useLiveUpdates(paused = false): (hold: boolean) => void {
  const { revalidate, state } = useRevalidator();
  const ready = !paused && state === 'idle';
  const latest = useRef({ revalidate, ready });
  latest.current = { revalidate, ready };
  const held = useRef(false);
  const stale = useRef(false);
  const resting = useRef<ReturnType<typeof setTimeout>>();
  const catchUp = useCallback(() => {
    if (!stale.current || held.current || !latest.current.ready || resting.current) return;
    stale.current = false;
    resting.current = setTimeout(() => {
      resting.current = undefined;
      catchUp();
    }, restMilliseconds);
    latest.current.revalidate();
  }, []);
  useEffect(() => {
    const onChange = () => {
      stale.current = true;
      catchUp();
    };
    const stop = openLiveStream({ onChange, onConnection: setConnection });
    return () => {
      stop();
      clearTimeout(resting.current);
      resting.current = undefined;
    };
  }, [catchUp]);
  useEffect(() => {
    if (ready) catchUp();
  }, [ready, catchUp]);
  return useCallback(
    (hold) => {
      held.current = hold;
      catchUp();
    },
    [catchUp],
  );
}

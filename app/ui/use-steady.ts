import { useRef } from 'react';

/** The value of an earlier rendering as long as the new one is equal JSON, so that what depends on it stays as it is. */
export function useSteady<T>(value: T): T {
  const kept = useRef({ value, text: JSON.stringify(value) });
  const text = JSON.stringify(value);
  if (text !== kept.current.text) kept.current = { value, text };
  return kept.current.value;
}

import { type KeyboardEvent, useRef, useState } from 'react';

/**
 * Keyboard for a list whose rows each have one main link: ↑ ↓ Home End move between the links, of which only one is
 * a tab stop; Enter is the link's own. Put the handlers on the list and `rovingProps(index)` on each link.
 */
export function useRovingLinks(count: number, onKey?: (key: string, index: number) => boolean) {
  const [current, setCurrent] = useState(0);
  const links = useRef<(HTMLAnchorElement | null)[]>([]);
  const active = Math.min(current, Math.max(0, count - 1));
  const moveTo = (index: number) => {
    const target = Math.max(0, Math.min(count - 1, index));
    setCurrent(target);
    links.current[target]?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof HTMLInputElement) return;
    const moves: Record<string, number> = { ArrowDown: active + 1, ArrowUp: active - 1, Home: 0, End: count - 1 };
    const target = moves[event.key];
    if (target !== undefined) moveTo(target);
    else if (!onKey?.(event.key, active)) return;
    event.preventDefault();
  };
  const rovingProps = (index: number) => ({
    tabIndex: index === active ? 0 : -1,
    onFocus: () => setCurrent(index),
    ref: (element: HTMLAnchorElement | null) => {
      links.current[index] = element;
    },
  });
  return { onKeyDown, rovingProps, moveTo };
}

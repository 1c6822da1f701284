/** Tells pages that something changed somewhere. */
export type Changes = {
  /** Something changed; many calls close together are told once. */
  announce(): void;
  /** Calls back at each change; returns how to stop. */
  subscribe(listener: () => void): () => void;
  /** How many listen. */
  listeners(): number;
  close(): void;
};

/** @param quietMilliseconds changes within this time are told together */
export function createChanges(quietMilliseconds = 400): Changes {
  const listeners = new Set<() => void>();
  let waiting: NodeJS.Timeout | undefined;
  return {
    announce() {
      waiting ??= setTimeout(() => {
        waiting = undefined;
        for (const listener of listeners) listener();
      }, quietMilliseconds);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    listeners: () => listeners.size,
    close() {
      clearTimeout(waiting);
      listeners.clear();
    },
  };
}

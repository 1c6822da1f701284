import type { Server } from 'node:http';

const patienceMilliseconds = 20_000;
/** Ctrl-C reaches a process several times: from the terminal, and from each parent that passes it on. */
const sameStrokeMilliseconds = 2_000;

/** What ends when the process is told to, once there is something to end. */
export type Running = { readonly server: Server; close(): Promise<void> };

/** The process's end, asked for by signals. */
export type Ending = {
  /** Aborted at the first signal: who is still starting gives up at the next step. */
  readonly signal: AbortSignal;
  /** Names what is to be ended. */
  started(running: Running): void;
};

/**
 * Ends cleanly on SIGINT, SIGTERM and SIGHUP, from the first moment on. While starting: at the next step. Afterwards: no new requests,
 * running ones finish, live event streams are cut, then everything else closes. A later signal, or twenty seconds, ends at once.
 */
export function stopOnSignals(say: (line: string) => void): Ending {
  const asked = new AbortController();
  let running: Running | undefined;
  let askedAt = 0;
  const stop = () => {
    if (asked.signal.aborted) {
      if (performance.now() - askedAt > sameStrokeMilliseconds) process.exit(1);
      return;
    }
    askedAt = performance.now();
    asked.abort();
    say('Stopping …');
    if (running) void end(running);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  return {
    signal: asked.signal,
    started(parts) {
      running = parts;
      if (asked.signal.aborted) void end(parts);
    },
  };
}

async function end({ server, close }: Running): Promise<void> {
  setTimeout(() => process.exit(1), patienceMilliseconds).unref();
  try {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeIdleConnections();
    // Event streams never end by themselves.
    setTimeout(() => server.closeAllConnections(), 1_000).unref();
    await closed;
    await close();
    process.exit(0);
  } catch {
    process.exit(1);
  }
}

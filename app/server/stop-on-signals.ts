import type { Server } from 'node:http';

const patienceMilliseconds = 10_000;

/**
 * Ends cleanly on SIGINT and SIGTERM: no new requests, running ones finish, live event streams are cut, then everything
 * else closes. A second signal, or ten seconds, ends at once.
 */
export function stopOnSignals(server: Server, close: () => Promise<void>, say: (line: string) => void): void {
  let stopping = false;
  const stop = async () => {
    if (stopping) process.exit(1);
    stopping = true;
    say('Stopping …');
    setTimeout(() => process.exit(1), patienceMilliseconds).unref();
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeIdleConnections();
    // Event streams never end by themselves.
    setTimeout(() => server.closeAllConnections(), 1_000).unref();
    await closed;
    await close();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      stop().catch(() => process.exit(1));
    });
  }
}

import { z } from 'zod';
import type { Clock } from '../engine/index.ts';
import type { Database } from './connect.ts';

/** A node's clock that shows the database's time, until it is stopped. */
export type DatabaseClock = Clock & { stop(): void };

/** Milliseconds between two looks at the database's clock. */
const EVERY = 30_000;

const asked = z.object({ at: z.date() });

/**
 * Makes a clock that every node of a database shares, whatever the nodes' own clocks say: what is due, and when something was recorded, is judged by the
 * database's time. Between two looks it runs with the machine's monotonic counter, so setting a machine's clock moves nothing; it never goes back.
 */
export async function createDatabaseClock({ send }: Pick<Database, 'send'>): Promise<DatabaseClock> {
  const look = async () => {
    const before = performance.now();
    const [row] = await send((raw) => raw`select clock_timestamp() as at`);
    return asked.parse(row).at.getTime() - (before + performance.now()) / 2;
  };
  let ahead = await look();
  let last = 0;
  const again = async () => {
    ahead = await look();
  };
  // While the database is away the counter goes on; the next look corrects it.
  const timer = setInterval(() => void again().catch(() => undefined), EVERY).unref();
  return {
    now() {
      last = Math.max(last, Math.floor(ahead + performance.now()));
      return new Date(last).toISOString();
    },
    stop: () => clearInterval(timer),
  };
}

import { z } from 'zod';
import type { Database } from '../../db/connect.ts';
import { type ClockWatch, createClockWatch } from '../server/clock-watch.ts';
import type { Log } from '../server/log.ts';

const everyMilliseconds = 10_000;

/** Keeps looking at the server's clock until it is stopped; what it notices goes to the operators' log as well. */
export function watchClock({ send }: Pick<Database, 'send'>, log: Log): Pick<ClockWatch, 'alarms'> & { stop(): void } {
  const clocks = {
    wall: Date.now,
    monotonic: () => performance.now(),
    async database() {
      const [row] = await send((raw) => raw`select extract(epoch from clock_timestamp()) * 1000 as now`);
      return z.object({ now: z.coerce.number() }).parse(row).now;
    },
  };
  const watch = createClockWatch(clocks, ({ kind, by }) => log.notice('the clock is not to be trusted', { kind, by }));
  // A database that does not answer is told of elsewhere.
  const timer = setInterval(() => void watch.look().catch(() => undefined), everyMilliseconds);
  timer.unref();
  return { alarms: watch.alarms, stop: () => clearInterval(timer) };
}

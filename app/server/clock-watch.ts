/** What is wrong with the server's clock: it was set while we ran, or it is not the database's. */
export type ClockAlarm = {
  readonly kind: 'jumped' | 'differs-from-database';
  /** Milliseconds it went ahead (positive) or back (negative); ahead of the database, or behind it. */
  readonly by: number;
  /** When it was noticed, by the server's clock then. ISO 8601, UTC. */
  readonly at: string;
};

/** The clocks that are compared. All in milliseconds. */
export type WatchedClocks = {
  /** The server's clock, which people and time synchronisation may set. */
  wall(): number;
  /** Counts evenly and is never set. */
  monotonic(): number;
  /** The database's clock. */
  database(): Promise<number>;
};

/** Watches the server's clock: due times, signatures and the order of what happened lean on it. */
export type ClockWatch = {
  /** Looks once. To be called every few seconds. */
  look(): Promise<void>;
  /** What was noticed in the last day, newest first. */
  alarms(): readonly ClockAlarm[];
};

/** Synchronisation corrects by far less at a time; a leap or a hand sets by more. */
const mostJump = 1_000;
const mostDifference = 2_000;
const keptMilliseconds = 24 * 60 * 60_000;
const mostKept = 50;

/** @param onAlarm told of every alarm once: a difference that stays is one alarm until it has gone */
export function createClockWatch(clocks: WatchedClocks, onAlarm: (alarm: ClockAlarm) => void): ClockWatch {
  let last = { wall: clocks.wall(), monotonic: clocks.monotonic() };
  let differs = false;
  let alarms: readonly ClockAlarm[] = [];
  const raise = (kind: ClockAlarm['kind'], by: number) => {
    const alarm = { kind, by: Math.round(by), at: new Date(clocks.wall()).toISOString() };
    alarms = [alarm, ...alarms].slice(0, mostKept);
    onAlarm(alarm);
  };
  const lookForJump = () => {
    const now = { wall: clocks.wall(), monotonic: clocks.monotonic() };
    const jump = now.wall - last.wall - (now.monotonic - last.monotonic);
    last = now;
    if (Math.abs(jump) > mostJump) raise('jumped', jump);
  };
  const lookAtDatabase = async () => {
    const asked = clocks.monotonic();
    const database = await clocks.database();
    // The answer is as old as half the way there and back, at most the whole way.
    const way = clocks.monotonic() - asked;
    const difference = clocks.wall() - way / 2 - database;
    const far = Math.abs(difference) - way / 2 > mostDifference;
    if (far && !differs) raise('differs-from-database', difference);
    differs = far;
  };
  return {
    async look() {
      lookForJump();
      await lookAtDatabase();
    },
    alarms: () => alarms.filter(({ at }) => clocks.wall() - Date.parse(at) < keptMilliseconds),
  };
}

import { describe, expect, it } from 'vitest';
import { type ClockAlarm, createClockWatch } from './clock-watch.ts';

const start = Date.parse('2026-03-02T00:00:00.000Z');

function watched() {
  const clocks = { wall: start, even: 0, database: start, way: 0 };
  const told: ClockAlarm[] = [];
  const watch = createClockWatch(
    {
      wall: () => clocks.wall,
      monotonic: () => clocks.even,
      async database() {
        pass(clocks.way);
        return clocks.database - clocks.way / 2;
      },
    },
    (alarm) => told.push(alarm),
  );
  /** All clocks go on together. */
  const pass = (ms: number) => {
    clocks.wall += ms;
    clocks.even += ms;
    clocks.database += ms;
  };
  return { clocks, told, watch, pass };
}

describe('the watch over the clock', () => {
  it('says nothing while the clocks go together, and while synchronisation corrects gently', async () => {
    const { clocks, told, watch, pass } = watched();
    for (let n = 0; n < 50; n += 1) {
      pass(10_000);
      clocks.wall += n % 2 === 0 ? 20 : -20;
      await watch.look();
    }
    expect(told).toEqual([]);
  });

  it.each([3_600_000, -3_600_000])('notices that the clock was set by %i ms, once', async (by) => {
    const { clocks, told, watch, pass } = watched();
    clocks.wall += by;
    clocks.database += by;
    await watch.look();
    pass(10_000);
    await watch.look();
    expect(told).toEqual([{ kind: 'jumped', by, at: new Date(start + by).toISOString() }]);
    expect(watch.alarms()).toEqual(told);
  });

  it('notices a database whose clock is another, and says so again only after they agreed', async () => {
    const { clocks, told, watch } = watched();
    clocks.database -= 5_000;
    await watch.look();
    await watch.look();
    clocks.database += 5_000;
    await watch.look();
    clocks.database += 5_000;
    await watch.look();
    expect(told.map(({ kind, by }) => [kind, by])).toEqual([
      ['differs-from-database', 5_000],
      ['differs-from-database', -5_000],
    ]);
  });

  it('does not take a slow database for one whose clock is another', async () => {
    const { clocks, told, watch } = watched();
    clocks.way = 8_000;
    await watch.look();
    expect(told).toEqual([]);
  });

  it('forgets after a day', async () => {
    const { clocks, watch, pass } = watched();
    clocks.wall += 60_000;
    clocks.database += 60_000;
    await watch.look();
    expect(watch.alarms()).toHaveLength(1);
    pass(24 * 60 * 60_000);
    expect(watch.alarms()).toEqual([]);
  });
});

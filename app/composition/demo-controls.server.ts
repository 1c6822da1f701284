import { Duration } from 'luxon';
import type { Engine, MovableClock } from '../../engine/index.ts';
import type { DemoControls } from '../server/services.ts';
import type { InstallationFacts } from './installation-facts.server.ts';

const aheadFact = 'demo-clock-ahead-ms';
const rosterFact = 'demo-roster';
/** A year: enough for every timer of the shipped flows. */
const longestAdvance = 366 * 24 * 3_600_000;
const mostRounds = 200;

export type DemoRoster = 'clock' | 'day' | 'night';

function isRoster(value: string | undefined): value is DemoRoster {
  return value === 'clock' || value === 'day' || value === 'night';
}

/** Moves the clock to where the last run of the demonstration left it, and tells who is on duty. */
export async function restoreDemo(facts: InstallationFacts, clock: MovableClock): Promise<DemoRoster> {
  clock.moveBy(Number((await facts.read(aheadFact)) ?? 0));
  const roster = await facts.read(rosterFact);
  return isRoster(roster) ? roster : 'day';
}

/** Controls of the demonstration: its clock and its roster, kept over a restart. */
export function createDemoControls(parts: {
  facts: InstallationFacts;
  clock: MovableClock;
  engine: Pick<Engine, 'runDueWork'>;
  roster: { get(): DemoRoster; set(roster: DemoRoster): void };
  announce: () => void;
}): DemoControls {
  const { facts, clock, engine, roster } = parts;
  const runAllDue = async () => {
    let all = 0;
    for (let round = 0; round < mostRounds; round += 1) {
      const done = await engine.runDueWork({ limit: 100 });
      all += done;
      if (done === 0) break;
    }
    return all;
  };
  return {
    async advance(text) {
      const duration = Duration.fromISO(text);
      const milliseconds = duration.isValid ? duration.toMillis() : Number.NaN;
      if (!(milliseconds > 0 && milliseconds <= longestAdvance)) return 'not-a-duration';
      // Kept first: after a crash the clock must not be behind what was recorded.
      await facts.write(aheadFact, String(Number((await facts.read(aheadFact)) ?? 0) + milliseconds));
      clock.moveBy(milliseconds);
      const done = await runAllDue();
      parts.announce();
      return { now: clock.now(), done };
    },
    roster: roster.get,
    async setRoster(next) {
      await facts.write(rosterFact, next);
      roster.set(next);
      parts.announce();
    },
  };
}

import { startTestDatabase } from '../../postgres/test-database.ts';
import { openPostgresProbe } from '../../scenarios/postgres-probe.ts';
import { playInMemory } from './play-many.ts';
import { began, playSchedule } from './schedule.ts';

/** What came of playing the same seeds on both stores. */
export type Comparison = {
  readonly schedules: number;
  readonly commits: number;
  /** Schedules violated on PostgreSQL. */
  readonly violations: number;
  readonly differences: readonly { readonly seed: number; readonly what: string }[];
  /** Schedules that went the same way step by step, not only to the same end. */
  readonly sameTraces: number;
  readonly seconds: number;
};

/**
 * Plays seeds on a real PostgreSQL, through the stores of the product, and in memory. The scheduler lets one call at a time through to the
 * database, so both stores are asked the same; what they answer must lead to the same states, byte for byte.
 */
export async function comparePostgres(options: {
  readonly schedules: number;
  readonly seed: number;
  readonly tell?: (line: string) => void;
}): Promise<Comparison> {
  const { schedules, seed: first, tell = () => {} } = options;
  const from = performance.now();
  const running = await startTestDatabase(new Date(began));
  const probe = openPostgresProbe(running);
  const differences: { seed: number; what: string }[] = [];
  const sums = { commits: 0, violations: 0, sameTraces: 0 };
  try {
    for (let seed = first; seed < first + schedules; seed += 1) {
      const stored = await playSchedule({ seed, probe: await probe.fresh(), looksAtRows: false });
      const remembered = await playInMemory(seed);
      sums.commits += stored.commits;
      if (stored.violations.length > 0) sums.violations += 1;
      if (stored.traceHash === remembered.traceHash) sums.sameTraces += 1;
      const same = stored.finalStates.join('\n') === remembered.finalStates.join('\n');
      const what = stored.violations[0] ?? (same ? undefined : firstDifference(stored.trace, remembered.trace));
      if (!same) differences.push({ seed, what: what ?? '' });
      if (what !== undefined) tell(`✗ seed ${seed}: ${what}`);
      if ((seed - first + 1) % 100 === 0) tell(`  ${seed - first + 1} schedules played`);
    }
  } finally {
    await probe.close();
    await running.close();
  }
  return { schedules, ...sums, differences, seconds: (performance.now() - from) / 1000 };
}

function firstDifference(stored: readonly string[], remembered: readonly string[]): string {
  const place = stored.findIndex((line, index) => line !== remembered[index]);
  return `step ${place + 1} is "${stored[place]}" on PostgreSQL and "${remembered[place]}" in memory`;
}

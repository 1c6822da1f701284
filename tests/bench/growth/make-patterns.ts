import { type Pattern, patternOf } from './copy-case.ts';
import { type RecordedCase, recordCases } from './record-cases.ts';
import { type Shares, scenarioShares } from './shipped-scenarios.ts';

/**
 * Patterns to copy from: of every recorded case its end, and each place it waits at for people with nothing but timers and messages beside.
 * A pattern stands as often in the list as its scenario has shares.
 */
export async function makePatterns(
  shares: Readonly<Record<string, Shares>> = scenarioShares,
): Promise<readonly Pattern[]> {
  const patterns: Pattern[] = [];
  for (const [scenario, recorded] of await recordCases(Object.keys(shares))) {
    const ready = recorded.filter(isAtRest).map((one) => patternOf(one, nextOf(one, recorded)));
    for (const pattern of ready) {
      const { finished = 0, running = 0 } = shares[scenario] ?? {};
      patterns.push(...Array.from({ length: pattern.status === 'ended' ? finished : running }, () => pattern));
    }
  }
  return patterns;
}

/** Ended, or waiting for a person: what is on its way to another system would not stay so. */
function isAtRest({ rows }: RecordedCase): boolean {
  const of = (table: string) => rows.get(table) ?? [];
  if (of('cases')[0]?.status === 'ended') return true;
  return of('tasks').some(({ status }) => status === 'open') && of('jobs').every(({ kind }) => kind === 'timer');
}

function nextOf({ caseId, entries }: RecordedCase, recorded: readonly RecordedCase[]) {
  const later = recorded.find((one) => one.caseId === caseId && one.entries.length === entries.length + 1);
  return later?.entries.at(-1);
}

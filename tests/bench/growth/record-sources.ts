import type { OpenedEntry } from '../../../engine/index.ts';
import { type RecordedCase, recordCases } from './record-cases.ts';
import { type Shares, scenarioShares } from './shipped-scenarios.ts';

/** A recorded case to copy from: with the entry that came next in the recording, if any, and how many copies it has its share in. */
export type Source = {
  readonly recorded: RecordedCase;
  readonly after: OpenedEntry | undefined;
  readonly share: number;
};

/**
 * What there is to copy: of every recorded case its end, and each place it waits at for people with nothing but timers and messages beside.
 */
export async function recordSources(
  shares: Readonly<Record<string, Shares>> = scenarioShares,
): Promise<readonly Source[]> {
  const sources: Source[] = [];
  for (const [scenario, all] of await recordCases(Object.keys(shares))) {
    const { finished = 0, running = 0 } = shares[scenario] ?? {};
    for (const recorded of all.filter(isAtRest))
      sources.push({ recorded, after: nextOf(recorded, all), share: hasEnded(recorded) ? finished : running });
  }
  return sources;
}

function hasEnded({ rows }: RecordedCase): boolean {
  return rows.get('cases')?.[0]?.status === 'ended';
}

/** Ended, or waiting for a person: what is on its way to another system would not stay so. */
function isAtRest(recorded: RecordedCase): boolean {
  const of = (table: string) => recorded.rows.get(table) ?? [];
  if (hasEnded(recorded)) return true;
  return of('tasks').some(({ status }) => status === 'open') && of('jobs').every(({ kind }) => kind === 'timer');
}

function nextOf({ caseId, entries }: RecordedCase, all: readonly RecordedCase[]): OpenedEntry | undefined {
  const later = all.find((one) => one.caseId === caseId && one.entries.length === entries.length + 1);
  return later?.entries.at(-1);
}

import { z } from 'zod';
import type { CaseStore, Commit, CommitOutcome } from '../../engine/index.ts';
import { StoreFailure } from '../../engine/index.ts';
import type { Database } from '../connect.ts';
import { NO_ANSWER } from '../store-failures.ts';
import type { StoreWatcher } from '../stores.ts';
import { ALONE, FULL_UNDER_WAY, LARGEST_BATCH, UNDER_WAY } from './batch-limits.ts';
import { toBatch } from './commit-row.ts';
import { createGatherer } from './gather.ts';
import { perTenant } from './per-tenant.ts';

const outcomes = z.array(z.enum(['committed', 'conflict', 'job-lost', 'already-answered', 'key-held', 'locked']));

/** PostgreSQL's number of the type `text`. */
const TEXT = 25;

/** What became of a commit in a batch; `alone` says that it has to go by itself. */
type Settled = CommitOutcome | 'alone';

/**
 * Writes commits: those that come at the same time in one statement, in which each is accepted or refused by itself. A batch waits for nobody's lock,
 * and one that fails hurts nobody: its commits go again one by one, and only the one that is at fault fails.
 */
export function createCommitter(database: Database, onCommits?: StoreWatcher['onCommits']): CaseStore['commit'] {
  const send = async (tenantId: string, commits: readonly Commit[], wait: boolean) => {
    const { lists, states, headers, sealed, records } = toBatch(tenantId, commits);
    const began = performance.now();
    const [row] = await database.send((raw) => {
      const text = (bytes: Uint8Array) => raw.typed(bytes, TEXT);
      return raw`
        select commit_batch(
          ${JSON.stringify(lists)}::text::jsonb, ${text(states)}, ${text(headers)}, ${text(sealed)}, ${text(records)}, ${wait}) as outcomes`;
    });
    onCommits?.(commits.length, (performance.now() - began) / 1_000);
    if (!row) throw new StoreFailure('unknown-outcome', NO_ANSWER);
    const parsed = outcomes.parse(row.outcomes);
    if (parsed.length !== commits.length) throw new StoreFailure('unknown-outcome', NO_ANSWER);
    return parsed;
  };
  const together = perTenant((tenantId) =>
    createGatherer<Commit, Settled>({
      ...{ most: LARGEST_BATCH, underWay: UNDER_WAY, fullUnderWay: FULL_UNDER_WAY, namesOf },
      async run(commits) {
        try {
          return (await send(tenantId, commits, false)).map((one) => (one === 'locked' ? 'alone' : one));
        } catch (error) {
          if (mayBeOfOne(error)) return commits.map(() => 'alone');
          throw error;
        }
      },
    }),
  );
  const alone = createGatherer<Commit, CommitOutcome>({
    ...{ most: 1, underWay: ALONE },
    run: (commits) =>
      Promise.all(commits.map(async (commit) => settleAlone(commit, send(commit.tenantId, [commit], true)))),
  });
  return async (commit) => {
    const settled = await together(commit.tenantId)(commit);
    return settled === 'alone' ? alone(commit) : settled;
  };
}

/** A case, a request and a key are written once in a statement. */
function namesOf({ caseId, answers, holds }: Commit): readonly string[] {
  return [
    caseId,
    ...(answers ? [`${answers.actorId} ${answers.key}`] : []),
    ...(holds ? [`${holds.processId} ${holds.correlationKey}`] : []),
  ];
}

/** Whether one commit may be at fault, and the others would be written without it. A database that is away or full takes nobody's. */
function mayBeOfOne(error: unknown): boolean {
  return error instanceof StoreFailure && (error.meaning === 'refused' || ofOne.has(error.code));
}

/** Deadlock, serialization, a lock not free in time, a statement that took too long. */
const ofOne: ReadonlySet<string> = new Set(['40P01', '40001', '55P03', '57014']);

/** Two nodes that begin the same case at the same moment: the second finds its row there. */
const DUPLICATE = '23505';

async function settleAlone(commit: Commit, sent: Promise<z.infer<typeof outcomes>>): Promise<CommitOutcome> {
  try {
    const [settled] = await sent;
    // Whoever waits for the lock gets it or fails.
    return settled === undefined || settled === 'locked' ? 'conflict' : settled;
  } catch (error) {
    if (error instanceof StoreFailure && error.code === DUPLICATE && commit.expectedVersion === 0) return 'conflict';
    throw error;
  }
}

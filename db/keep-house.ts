import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { byOneNode } from './by-one-node.ts';
import type { Database } from './connect.ts';

/**
 * Rows that are asked for only for a while, with the days they are kept. Cases, their history, prints and who read what are records: nothing
 * here touches them.
 */
export const shortLived = {
  /** What a request was answered; the same request again after this is a new one, and finds the task closed. */
  answers: 30,
  /** Messages that were delivered or have expired, with who got them. */
  messages: 30,
  /** Sessions end after hours; who was signed in is on record elsewhere. */
  sessions: 7,
  'failed-logins': 7,
} as const;

/** A kind of short-lived rows. */
export type ShortLived = keyof typeof shortLived;

/** What one round did: partitions made, and rows removed by kind. */
export type HouseKept = { readonly partitions: number; readonly removed: Readonly<Record<ShortLived, number>> };

/** Place of the node that keeps house. */
const place = 740_215_003;
const rowsAtOnce = 1_000;
/** Statements of a kind in one round; what is left waits for the next. */
const mostStatements = 500;
/** Milliseconds between two statements, so that commands go first. */
const pause = 20;
const monthsAhead = 3;

const count = z.tuple([z.object({ count: z.number() })]);

/**
 * Keeps the database in order, unless another node is at it (undefined then): makes the history's partitions of the coming months, and removes
 * short-lived rows that are old enough, in small statements beside running work.
 */
export function keepHouse(database: Database): Promise<HouseKept | undefined> {
  return byOneNode(database, place, async () => {
    const partitions = await makePartitions(database);
    const removed = { answers: 0, messages: 0, sessions: 0, 'failed-logins': 0 };
    for (const kind of kinds) removed[kind] = await removeOld(database, kind);
    return { partitions, removed };
  });
}

const kinds: readonly ShortLived[] = ['answers', 'messages', 'sessions', 'failed-logins'];

async function makePartitions({ send }: Database): Promise<number> {
  const made = await send(
    (raw) => raw`select ensure_history_partitions(now(), now() + make_interval(months => ${monthsAhead})) as count`,
  );
  return count.parse([...made])[0].count;
}

async function removeOld({ send }: Database, kind: ShortLived): Promise<number> {
  let total = 0;
  for (let statement = 0; statement < mostStatements; statement += 1) {
    const rows = await send(
      (raw) =>
        raw`select remove_short_lived(${kind}, make_interval(days => ${shortLived[kind]}), ${rowsAtOnce}) as count`,
    );
    const removed = count.parse([...rows])[0].count;
    total += removed;
    if (removed < rowsAtOnce) break;
    await sleep(pause);
  }
  return total;
}

/** Keeps house every so often until it is stopped, the first time at once. `onProblem` gets what failed; the next round tries again. */
export function startKeepingHouse(
  database: Database,
  { everyMilliseconds, onProblem }: { everyMilliseconds: number; onProblem: (error: unknown) => void },
): { stop(): Promise<void> } {
  let under: Promise<void> = Promise.resolve();
  const round = () => {
    under = under.then(() => keepHouse(database)).then(() => {}, onProblem);
  };
  const timer = setInterval(round, everyMilliseconds);
  timer.unref();
  round();
  return {
    stop: () => {
      clearInterval(timer);
      return under;
    },
  };
}

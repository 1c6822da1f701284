import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import postgres from 'postgres';
import type { Source } from './record-sources.ts';
import type { Act } from './screens.ts';
import type { Stretch, WriterOrder, Written } from './write-copies.ts';

/** How a hospital is grown. */
export type Growth = {
  readonly finished: number;
  readonly running: number;
  /** One finished case in so many has its history, and one running case in so many. */
  readonly historyOfFinished: number;
  readonly historyOfRunning: number;
  readonly seed: number;
  /** What is now; the cases began before. */
  readonly now: string;
};

/** What there is afterwards. */
export type Grown = {
  /** Rows by table. */
  readonly rows: Readonly<Record<string, number>>;
  /** Tasks of running cases with what they are completed with, some of them. */
  readonly acts: readonly Act[];
  /** Cases with their history. */
  readonly withHistory: readonly string[];
  /** Patients that have cases, some of them. */
  readonly patients: readonly string[];
};

const casesAtOnce = 1_000;

/**
 * Fills a migrated database with copies of recorded cases, in bulk: finished ones begun over two years, running ones over two months. As many
 * threads write as there are processors. The same seed gives the same hospital, its keys apart.
 */
export async function growHospital(
  { ownerUrl, masterKey }: { readonly ownerUrl: string; readonly masterKey: Uint8Array },
  sources: readonly Source[],
  growth: Growth,
  tell: (line: string) => void = () => {},
): Promise<Grown> {
  await makePartitions(ownerUrl, growth.now);
  // The server reads what is written here, as a user of its own.
  const folder = mkdtempSync(join(tmpdir(), 'meridian-rows-'));
  chmodSync(folder, 0o755);
  const stretches = stretchesOf(growth);
  const grown: Written[] = [];
  const work = async (number: number) => {
    const own = join(folder, String(number));
    mkdirSync(own, { mode: 0o755 });
    const writer = startWriter({ ownerUrl, masterKey, sources, growth, folder: own });
    try {
      for (let next = stretches.shift(); next; next = stretches.shift()) {
        grown.push(await writer.write(next));
        if (grown.length % 100 === 0) tell(`  ${grown.length * casesAtOnce} cases written`);
      }
    } finally {
      await writer.end();
    }
  };
  try {
    await Promise.all(Array.from({ length: availableParallelism() }, (_, number) => work(number)));
    return sumOf(grown);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function makePartitions(ownerUrl: string, now: string): Promise<void> {
  const owner = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  await owner`select ensure_history_partitions(${now}::timestamptz - interval '27 months', ${now}::timestamptz + interval '3 months')`;
  await owner.end();
}

function stretchesOf({ finished, running }: Growth): Stretch[] {
  const total = finished + running;
  return Array.from({ length: Math.ceil(total / casesAtOnce) }, (_, n) => ({
    from: n * casesAtOnce,
    to: Math.min(total, (n + 1) * casesAtOnce),
  }));
}

function startWriter(order: WriterOrder) {
  const worker = new Worker(new URL('write-copies.ts', import.meta.url), { workerData: order });
  return {
    write: (stretch: Stretch) =>
      new Promise<Written>((resolve, reject) => {
        worker.once('error', reject);
        worker.once('message', (written: Written) => {
          worker.off('error', reject);
          resolve(written);
        });
        worker.postMessage(stretch);
      }),
    end: () => worker.terminate(),
  };
}

function sumOf(parts: readonly Written[]): Grown {
  const rows: Record<string, number> = {};
  for (const part of parts)
    for (const [table, count] of Object.entries(part.rows)) rows[table] = (rows[table] ?? 0) + count;
  return {
    rows,
    acts: parts.flatMap((part) => part.acts),
    withHistory: parts.flatMap((part) => part.withHistory),
    patients: parts.flatMap((part) => part.patients),
  };
}

import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { z } from 'zod';
import { openDatabase } from '../../../db/connect.ts';
import { startEmbeddedServer } from '../../../db/embedded-server.ts';
import { loadMasterKey } from '../../../db/key-ring.ts';
import { migrateDatabase } from '../../../db/migrate.ts';
import { createPostgresStores } from '../../../db/stores.ts';
import { hospital } from '../../scenarios/world.ts';
import type { Bench } from '../bench.ts';
import type { Figures } from '../storage/load.ts';
import { nurse, probeNumbers, startWardCase, type WardCase, wardCheck } from '../storage/ward.ts';
import { openBareEngine } from './bare-engine.ts';
import { buildApplication, startCluster } from './cluster.ts';
import type { LoadOrder } from './generate-load.ts';
import { type Burst, measureBurst } from './timer-burst.ts';

const callers = 32;
const largestBurst = 100_000;

/** `npm run bench -- http`. Nothing is judged: how many nodes help depends on how many processors there are. */
export const httpBench: Bench = {
  about: 'completions a second through the whole product at 1, 2 and 3 nodes, and a burst of 100,000 due timers',
  rounds: 1,
  async run({ seconds = 20, size = largestBurst }, tell) {
    const result = await benchHttp({ seconds, timers: size }, tell);
    return { result, shortcomings: [] };
  },
};

/** One line: so many nodes. */
export type AtNodes = Loaded & { readonly nodes: number };

/** What the load generator found: `retried` requests were answered that the node could not say what came of them, and were sent again. */
type Loaded = Figures & { readonly retried: number };

/** Everything one run found. */
export type HttpResult = { readonly completions: readonly AtNodes[]; readonly burst: Burst };

/** Measures on an embedded server of its own, with the durability everybody gets. */
export async function benchHttp(
  { seconds, timers, nodes = [1, 2, 3] }: { seconds: number; timers: number; nodes?: readonly number[] },
  tell: (line: string) => void,
): Promise<HttpResult> {
  buildApplication();
  const dataDir = mkdtempSync(join(tmpdir(), 'meridian-http-'));
  // The server's user must enter it.
  chmodSync(dataDir, 0o755);
  const server = await startEmbeddedServer({ dataDir });
  try {
    await migrateDatabase(server.ownerUrl);
    const completions: AtNodes[] = [];
    tell(printLine(['nodes', 'a second', 'p50 ms', 'p99 ms', 'retried', 'load']));
    for (const count of nodes) {
      completions.push({ nodes: count, ...(await measureNodes(server, dataDir, count, seconds)) });
      tell(lineOf(completions.at(-1)));
    }
    const burst = await measureBurst(server, loadMasterKey(dataDir), { timers, nodes: Math.max(...nodes) });
    tell(
      `${burst.timers} due timers drained by ${burst.nodes} nodes in ${burst.seconds.toFixed(1)} s: ${burst.times.toFixed(1)} times ` +
        `the bare claim and delete of the same rows (${burst.bareSeconds.toFixed(1)} s)`,
    );
    return { completions, burst };
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

type Server = { readonly ownerUrl: string; readonly appUrl: string };

async function measureNodes(server: Server, dataDir: string, nodes: number, seconds: number): Promise<Loaded> {
  // Their keys lie in the same data folder; the database is named, so nobody takes the folder's own.
  const cluster = await startCluster(nodes, server.ownerUrl, dataDir);
  try {
    const cases = await startCases(server, loadMasterKey(dataDir), nodes);
    return await load({ bases: cluster.bases, cases, seconds });
  } finally {
    await cluster.stop();
  }
}

/** A case for each caller, and one more to see how its tasks are numbered. */
async function startCases(
  { ownerUrl, appUrl }: Server,
  masterKey: Uint8Array,
  turn: number,
): Promise<readonly WardCase[]> {
  const database = openDatabase({ url: appUrl });
  const owner = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  try {
    const engine = openBareEngine(createPostgresStores(database), masterKey);
    const published = await engine.publish({ tenantId: hospital, by: nurse, pkg: await wardCheck() });
    if (!published.ok) throw new Error(published.rejection.message);
    const ids = await Promise.all(
      Array.from({ length: callers + 1 }, (_, n) => startWardCase(engine, turn * (callers + 1) + n, hospital)),
    );
    const [probe = '', ...own] = ids;
    const numbers = await probeNumbers(engine, owner, probe, hospital);
    return own.map((caseId) => ({ caseId, ...numbers, completed: 0 }));
  } finally {
    await owner.end();
    await database.close();
  }
}

const figures = z.object({ perSecond: z.number(), p50: z.number(), p99: z.number(), retried: z.number() });

/** The load generator is a process of its own: what it costs is not the product's. */
async function load(order: LoadOrder): Promise<Loaded> {
  const file = join(import.meta.dirname, 'generate-load.ts');
  const generator = spawn(process.execPath, [file, JSON.stringify(order)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  generator.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const code = await new Promise((resolve) => generator.once('close', resolve));
  if (code !== 0) throw new Error(`Expected the load generator to come through, but it ended with ${code}`);
  return figures.parse(JSON.parse(said));
}

function lineOf(one: AtNodes | undefined): string {
  if (!one) return '';
  const { nodes, perSecond, p50, p99, retried } = one;
  const [load = 0] = loadavg();
  return printLine([nodes, perSecond.toFixed(0), p50.toFixed(1), p99.toFixed(1), retried, load.toFixed(1)].map(String));
}

function printLine(cells: readonly string[]): string {
  return cells.map((text) => text.padStart(12)).join('');
}

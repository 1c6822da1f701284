import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createPostgresStores } from '../../../db/stores.ts';
import {
  type BatchProgress,
  createSystemClock,
  type Engine,
  mappingOf,
  type Person,
  type Stores,
  verifyCase,
} from '../../../engine/index.ts';
import { tenantId } from '../../engine/engine-under-test.ts';
import { oneTaskBody, sampleFlow } from '../../engine/sample-flow.ts';
import { startTestDatabase } from '../../postgres/test-database.ts';
import type { Bench } from '../bench.ts';
import { keyRing, openEngine, owner, second } from './open-engine.ts';

const id = '01900000-0000-7000-8000-0000000000b1';
const key = 'sample';

/**
 * Ten thousand running cases (or `MIGRATION_CASES`) judged, then moved to another version by node processes: one is killed in the middle of the dry run,
 * one in the middle of the run, which is also stopped once; every case is verified by its history at the end.
 */
export const migrationBench: Bench = {
  about: 'the dry run and the run of a migration over 10,000 running cases, with a node killed in each',
  rounds: 1,
  async run(_options, say) {
    const cases = Number(process.env.MIGRATION_CASES ?? 10_000);
    const running = await startTestDatabase();
    const nodes = new Nodes(running.appUrl);
    try {
      const stores = createPostgresStores(running.database);
      const engine = openEngine(stores, createSystemClock());
      const seconds: Record<string, number> = {};
      const timed = async (what: string, work: () => Promise<unknown>) => {
        const from = performance.now();
        await work();
        seconds[what] = Math.round((performance.now() - from) / 100) / 10;
        say(`${what}: ${seconds[what]} s`);
      };
      await timed(`${cases} cases begun`, () => begin(engine, cases));
      await timed('dry run, its node killed in the middle', () => dryRun(engine, stores, nodes, cases));
      await timed('run, its node killed in the middle, stopped and gone on', () =>
        runAll(engine, stores, nodes, cases),
      );
      const proved: { cases: number } = { cases: 0 };
      await timed('every case verified by replay', async () => {
        proved.cases = await proveAll(engine, stores);
      });
      const { counts } = await see(engine);
      say(`moved ${counts.done}, proved ${proved.cases} of ${cases}`);
      return {
        result: { cases, seconds, moved: counts.done, proved: proved.cases },
        shortcomings: counts.done === cases && proved.cases === cases ? [] : ['not every case was moved and proved'],
      };
    } finally {
      await nodes.kill();
      await running.close();
    }
  },
};

/** Node processes, one at a time. */
class Nodes {
  private node: ChildProcess | undefined;
  private readonly url: string;
  constructor(url: string) {
    this.url = url;
  }
  start(): void {
    const file = join(import.meta.dirname, 'node.ts');
    this.node = spawn(process.execPath, [file, this.url], { stdio: ['ignore', 'ignore', 'inherit'] });
  }
  async kill(): Promise<void> {
    const { node } = this;
    if (!node || node.exitCode !== null) return;
    const gone = new Promise((resolve) => node.once('exit', resolve));
    node.kill('SIGKILL');
    await gone;
  }
}

function person(one: Person | undefined): Person {
  if (!one) throw new Error('Expected a person');
  return one;
}

async function begin(engine: Engine, cases: number): Promise<void> {
  const by = person(owner);
  await engine.publish({ tenantId, by, pkg: sampleFlow(key, oneTaskBody) });
  const left = Array.from({ length: cases }, (_, n) => n);
  const starter = async () => {
    for (let n = left.pop(); n !== undefined; n = left.pop()) {
      const variables = { orderNo: `ORD-${n}`, patient: { patientId: `P${n}` } };
      const begun = await engine.start({ tenantId, by, key: `s-${n}`, processKey: key, variables });
      if (!begun.ok) throw new Error(begun.rejection.message);
    }
  };
  await Promise.all(Array.from({ length: 32 }, starter));
  await engine.publish({ tenantId, by, pkg: sampleFlow(key, oneTaskBody.replaceAll('A1_Charge', 'A1_Cashier')) });
}

async function see(engine: Engine): Promise<BatchProgress> {
  const batch = await engine.batches.see(tenantId, id);
  if (!batch) throw new Error('Expected the batch');
  return batch;
}

async function until(engine: Engine, reached: (batch: BatchProgress) => boolean): Promise<BatchProgress> {
  for (;;) {
    const batch = await see(engine);
    if (reached(batch)) return batch;
    await sleep(100);
  }
}

async function replaceKilled(stores: Stores, nodes: Nodes): Promise<void> {
  await nodes.kill();
  // As a node does that starts and knows it is alone; with others the leases run out by themselves.
  await stores.jobs.returnLeases();
  nodes.start();
}

async function dryRun(engine: Engine, stores: Stores, nodes: Nodes, cases: number): Promise<void> {
  const proposed = await engine.proposeMigration({ tenantId, processKey: key, from: 1, to: 2 });
  if (!proposed.ok) throw new Error(proposed.rejection.message);
  const mapping = mappingOf(proposed.value.pairs);
  const work = { kind: 'migrate', processKey: key, from: 1, to: 2, timers: 'keep', mapping } as const;
  const begun = await engine.batches.request({ tenantId, by: person(owner), id, work, reason: 'bench' });
  if (!begun.ok) throw new Error(begun.rejection.message);
  nodes.start();
  await until(engine, ({ counts }) => counts.ok + counts.noted > cases / 2);
  await replaceKilled(stores, nodes);
  await until(engine, ({ state }) => state === 'checked');
}

async function runAll(engine: Engine, stores: Stores, nodes: Nodes, cases: number): Promise<void> {
  const by = person(second);
  await engine.batches.release({ tenantId, id, by });
  await until(engine, ({ counts }) => counts.done > cases / 3);
  await replaceKilled(stores, nodes);
  await until(engine, ({ counts }) => counts.done > cases / 2);
  await engine.batches.stop({ tenantId, id, by });
  await engine.batches.goOn({ tenantId, id, by });
  await until(engine, ({ state }) => state === 'done');
}

async function proveAll(engine: Engine, stores: Stores): Promise<number> {
  let proved = 0;
  for (let after = 0; ; ) {
    const items = await engine.batches.items({ tenantId, id, after, limit: 500 });
    for (const { caseId } of items) {
      const { case: stored } = await stores.cases.load({ tenantId, caseId });
      if (stored?.definition.version !== 2 || stored.version !== 2) continue;
      const entries = await stores.cases.entries({ tenantId, caseId });
      const caseKey = await keyRing.open(tenantId, caseId, stored.wrappedKey);
      if (verifyCase({ entries, storedState: stored.state, head: stored.lastHash, key: caseKey }).ok) proved += 1;
    }
    const last = items.at(-1);
    if (!last) return proved;
    after = last.position;
  }
}

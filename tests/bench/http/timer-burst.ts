import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { openDatabase } from '../../../db/connect.ts';
import { createPostgresStores } from '../../../db/stores.ts';
import { hospital } from '../../scenarios/world.ts';
import { growHospital } from '../growth/grow-hospital.ts';
import { rowsOfCase } from '../growth/record-cases.ts';
import { nurse } from '../storage/ward.ts';
import { openBareEngine } from './bare-engine.ts';

/** A burst of due timers: how long nodes took to drain it, and how long its rows take to be claimed and deleted, nothing else done. */
export type Burst = {
  readonly timers: number;
  readonly nodes: number;
  readonly seconds: number;
  readonly bareSeconds: number;
  /** Times as long as the bare claim and delete. */
  readonly times: number;
};

const claimed = 500;
const claimers = 4;

/** Makes cases whose timer is due, has nodes work them off, and claims and deletes the same rows bare. */
export async function measureBurst(
  server: { readonly ownerUrl: string; readonly appUrl: string },
  masterKey: Uint8Array,
  { timers, nodes }: { timers: number; nodes: number },
): Promise<Burst> {
  const owner = postgres(server.ownerUrl, { max: claimers, onnotice: () => {} });
  try {
    await makeTimers(server, masterKey, owner, timers);
    await owner`create table bench_jobs (like jobs including all)`;
    await owner`insert into bench_jobs (tenant_id, job_key, case_id, kind, work, due_at, run_at)
      select tenant_id, job_key, case_id, kind, work, due_at, run_at from jobs where run_at <= now()`;
    await owner`analyze`;
    const bareSeconds = await claimAll(owner);
    await owner`drop table bench_jobs`;
    await owner`vacuum analyze`;
    const seconds = await drain(server.appUrl, masterKey, owner, nodes);
    const [ended] = await owner`
      select count(*)::int as cases from cases where process_key = 'timer-burst' and status = 'ended'`;
    if (Number(ended?.cases) < timers)
      throw new Error(`Expected ${timers} cases to have ended, but ${ended?.cases} have`);
    return { timers, nodes, seconds, bareSeconds, times: seconds / bareSeconds };
  } finally {
    await owner.end();
  }
}

/** One real case, and copies of it: each with its own key, its timer due for days. */
async function makeTimers(
  server: { readonly ownerUrl: string; readonly appUrl: string },
  masterKey: Uint8Array,
  owner: postgres.Sql,
  timers: number,
): Promise<void> {
  const database = openDatabase({ url: server.appUrl });
  try {
    const engine = openBareEngine(createPostgresStores(database), masterKey);
    const bpmn = await readFile(new URL('timer-burst.bpmn', import.meta.url), 'utf8');
    const title = { 'zh-CN': '到时结束', en: 'Ends when its time has come' };
    const pkg = { key: 'timer-burst', title, bpmn, forms: {}, decisions: {} };
    const published = await engine.publish({ tenantId: hospital, by: nurse, pkg });
    if (!published.ok) throw new Error(published.rejection.message);
    const request = { tenantId: hospital, by: nurse, key: 'timer-burst', processKey: pkg.key, variables: {} };
    const started = await engine.start(request);
    if (!started.ok) throw new Error(started.rejection.message);
    const { caseId } = started.value;
    const recorded = { caseId, processKey: pkg.key, rows: await rowsOfCase(owner, caseId), entries: [] };
    const growth = { finished: 0, running: timers, historyOfFinished: 1, historyOfRunning: Number.POSITIVE_INFINITY };
    await growHospital({ ownerUrl: server.ownerUrl, masterKey }, [{ recorded, after: undefined, share: 1 }], {
      ...growth,
      ...{ seed: 1, now: new Date().toISOString() },
    });
  } finally {
    await database.close();
  }
}

/** What the storage can do: rows claimed as the engine claims them and deleted, by several connections at once. */
async function claimAll(owner: postgres.Sql): Promise<number> {
  const from = performance.now();
  const claimer = async () => {
    for (let gone = claimed; gone > 0; ) {
      const { count } = await owner`
        delete from bench_jobs where (tenant_id, job_key) in (
          select tenant_id, job_key from bench_jobs where run_at <= now() order by run_at, seq limit ${claimed} for update skip locked)`;
      gone = count;
    }
  };
  await Promise.all(Array.from({ length: claimers }, claimer));
  return (performance.now() - from) / 1000;
}

async function drain(url: string, masterKey: Uint8Array, owner: postgres.Sql, nodes: number): Promise<number> {
  const file = join(import.meta.dirname, 'timer-node.ts');
  const key = Buffer.from(masterKey).toString('hex');
  const running = Array.from({ length: nodes }, () =>
    spawn(process.execPath, [file, url, key], { stdio: ['ignore', 'pipe', 'inherit'] }),
  );
  try {
    // From when the first of them can work, not from when its program is read.
    await Promise.race(running.map((node) => new Promise((resolve) => node.stdout?.once('data', resolve))));
    const from = performance.now();
    while ((await owner`select 1 from jobs where run_at <= now() or lease_token is not null limit 1`).length > 0)
      await sleep(100);
    return (performance.now() - from) / 1000;
  } finally {
    await Promise.all(running.map(ended));
  }
}

function ended(node: ChildProcess): Promise<unknown> {
  const gone = new Promise((resolve) => node.once('exit', resolve));
  node.kill('SIGTERM');
  return gone;
}

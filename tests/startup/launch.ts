import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { afterEach } from 'vitest';
import { z } from 'zod';
import { readPostmaster } from '../../db/embedded/postmaster.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const patience = 110_000;

/** A started product. */
export type Launched = {
  readonly pid: number;
  /** Everything it printed so far. */
  output(): string;
  /** Waits until it printed this. Thrown when it ends or takes too long before. */
  says(text: string | RegExp): Promise<string>;
  /** Its exit code once it has ended; null when a signal ended it. */
  readonly ended: Promise<number | null>;
};

const folders: string[] = [];
const clearings: (() => Promise<void>)[] = [];
/** Removes what a test made: processes first, whatever state it left them in. */
afterEach(async () => {
  await Promise.all(clearings.splice(0).map((clear) => clear()));
  for (const folder of folders.splice(0)) {
    for (const pid of serversOf(folder)) process.kill(pid, 'SIGKILL');
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
});

/** A data folder of the test's own. */
export function newDataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'meridian-startup-'));
  // Temporary folders are closed to others; the database's user must enter this one.
  chmodSync(folder, 0o755);
  folders.push(folder);
  return folder;
}

/** How it is started. */
export type LaunchOptions = {
  readonly command?: readonly [string, ...string[]];
  /** Whether it leads a process group of its own, as what is started at a terminal does. */
  readonly ownGroup?: boolean;
  /** What it finds on standard input. */
  readonly input?: string;
};

const server = [process.execPath, join('app', 'server', 'main.ts')] as const;

/** Starts the product's process with these settings and no others; `command` starts it another way. */
export function launch(
  settings: Readonly<Record<string, string>>,
  { command = server, ownGroup = false, input }: LaunchOptions = {},
): Launched {
  const { PORT: _port, DATA_DIR: _dataDir, DATABASE_URL: _url, DEMO: _demo, HOST: _host, ...inherited } = process.env;
  const [program, ...args] = command;
  const child = spawn(program, args, {
    cwd: root,
    detached: ownGroup,
    env: { ...inherited, NODE_ENV: 'production', VITEST: '', ...settings },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.on('error', () => {}).end(input ?? '');
  let printed = '';
  const keep = (chunk: Buffer) => {
    printed += chunk.toString();
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  // 'close', not 'exit': everything printed has arrived by then.
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  let over = false;
  void ended.then(() => {
    over = true;
  });
  clearings.push(async () => {
    if (ownGroup) killGroup(child);
    else child.kill('SIGTERM');
    await ended;
  });
  return {
    pid: child.pid ?? 0,
    output: () => printed,
    ended,
    async says(text) {
      for (const deadline = Date.now() + patience; ; await new Promise((resolve) => setTimeout(resolve, 50))) {
        const found = typeof text === 'string' ? printed.includes(text) && text : text.exec(printed)?.[0];
        if (found) return found;
        if (over || Date.now() > deadline)
          throw new Error(`Expected it to say ${String(text)}, but it said:\n${printed}`);
      }
    },
  };
}

/** Ends what is left of a process and those it started. */
function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody is left.
  }
}

/** Waits until it is ready; gives its address. */
export async function ready(product: Launched): Promise<string> {
  return (await product.says(/Meridian is ready at \S+(?=\n)/)).replace('Meridian is ready at ', '');
}

/** Processes of database servers on a data folder, orphans included. */
export function serversOf(dataDir: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => commandOf(name).includes(join(dataDir, 'postgres')))
    .map(Number);
}

function commandOf(pid: string): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
}

/** Asks the running database of a data folder as its owner. */
export async function asOwner<T>(dataDir: string, ask: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const { owner } = z
    .object({ owner: z.string() })
    .parse(JSON.parse(readFileSync(join(dataDir, 'keys', 'database.json'), 'utf8')));
  const port = readPostmaster(join(dataDir, 'postgres'))?.port;
  const sql = postgres(`postgres://meridian_owner:${owner}@127.0.0.1:${port}/meridian`, { max: 1, onnotice: () => {} });
  try {
    return await ask(sql);
  } finally {
    await sql.end();
  }
}

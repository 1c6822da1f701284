import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const startTimeout = 180_000;

/** A running product with a data folder of its own. */
export type ServerProcess = {
  readonly url: string;
  readonly dataDir: string;
  /** Everything it printed so far. */
  output(): string;
  /** Ends it at once, database left to itself, as a power cut would. */
  kill(): Promise<void>;
  /** Asks it to end, as whoever replaces it does; gives its exit code once it has. */
  end(): Promise<number | null>;
  /** Whether it has ended, by itself or by somebody. */
  hasEnded(): boolean;
  /** Starts it again on the same data folder and port. */
  restart(): Promise<void>;
  /** Ends it by SIGTERM and removes the data folder. */
  stop(): Promise<void>;
};

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('Expected a TCP port, but got none.');
  return address.port;
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

function ended(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return Promise.resolve();
  return new Promise((resolve) => child.once('exit', () => resolve()));
}

async function untilReady(child: ChildProcess, output: () => string): Promise<void> {
  const deadline = Date.now() + startTimeout;
  while (!output().includes('Meridian is ready at')) {
    if (child.exitCode !== null) throw new Error(`The server ended before it was ready:\n${output()}`);
    if (Date.now() > deadline) throw new Error(`The server was not ready after ${startTimeout / 1000} s:\n${output()}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Starts the product as `npm start` does, on a free port with a fresh data folder; `from` is the folder of another version of it. */
export async function startServer(
  settings: Readonly<Record<string, string>> = {},
  from: string = root,
): Promise<ServerProcess> {
  const port = await freePort();
  const dataDir = await mkdtemp(join(tmpdir(), 'meridian-e2e-'));
  let printed = '';
  let child: ChildProcess;
  const launch = async () => {
    const started = printed.length;
    child = spawn(process.execPath, [join('app', 'server', 'main.ts')], {
      cwd: from,
      env: { ...process.env, NODE_ENV: 'production', VITEST: '', PORT: String(port), DATA_DIR: dataDir, ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const keep = (chunk: Buffer) => {
      printed += chunk.toString();
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    await untilReady(child, () => printed.slice(started)).catch(async (error: unknown) => {
      // Whoever starts it again needs its port.
      child.kill('SIGKILL');
      await ended(child);
      throw error;
    });
  };
  await launch();
  const end = async () => {
    child.kill('SIGTERM');
    await ended(child);
    return child.exitCode;
  };
  return {
    url: `http://localhost:${port}`,
    dataDir,
    output: () => printed,
    async kill() {
      child.kill('SIGKILL');
      await ended(child);
    },
    restart: launch,
    end,
    hasEnded: () => hasEnded(child),
    async stop() {
      await end();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

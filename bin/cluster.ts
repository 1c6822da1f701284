import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readSettings } from '../app/settings.server.ts';
import { CannotStart } from '../db/cannot-start.ts';
import { type EmbeddedServer, startEmbeddedServer } from '../db/embedded-server.ts';

const most = 9;
const usage = `Usage: npm run cluster -- [--nodes N]

Runs N equal nodes (1 to ${most}, default 3) on one database, as a hospital with several servers does: at ports PORT, PORT+1, … (default 3000).
Any of them may be stopped or killed at any time; one that ends by itself is started again. Ctrl-C ends them all.
The demonstration's clock is each node's own: move it before the nodes start, or not at all.`;

const root = join(import.meta.dirname, '..');
/** Milliseconds a node that ended waits before it is started again. */
const restBeforeStart = 1_000;

async function run(count: number): Promise<void> {
  const settings = readSettings(process.env);
  const embedded = settings.database.kind === 'embedded' ? await startEmbeddedServer(settings) : undefined;
  const nodes = new Map<number, ChildProcess>();
  let ending = false;
  const start = (n: number): Promise<void> =>
    new Promise((resolve) => {
      const node = launch(settings.port.number + n - 1, embedded, settings.demo);
      nodes.set(n, node);
      const tell = (chunk: Buffer) => {
        const text = chunk.toString();
        for (const line of text.split('\n').filter(Boolean)) console.log(`[node ${n}] ${line}`);
        if (text.includes('Meridian is ready at')) resolve();
      };
      node.stdout?.on('data', tell);
      node.stderr?.on('data', tell);
      node.once('exit', (code, signal) => {
        nodes.delete(n);
        resolve();
        if (ending) return;
        console.log(`[node ${n}] ended (${signal ?? code}); it is started again`);
        setTimeout(() => ending || start(n), restBeforeStart);
      });
    });
  const end = async () => {
    if (ending) return;
    ending = true;
    await Promise.all([...nodes.values()].map(stopped));
    await embedded?.stop();
    console.log(`cluster: ${count} nodes ended`);
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end());
  // The first makes the tables and, in the demonstration, the hospital; the others find them.
  for (let n = 1; n <= count && !ending; n += 1) await start(n);
  if (!ending) console.log(`cluster: ${nodes.size} of ${count} nodes are ready`);
}

function launch(port: number, embedded: EmbeddedServer | undefined, demo: boolean): ChildProcess {
  const database = embedded && { DATABASE_URL: embedded.ownerUrl, DEMO: demo ? 'on-external-database' : 'off' };
  return spawn(process.execPath, [join('app', 'server', 'main.ts')], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_ENV: 'production', PORT: String(port), ...database },
  });
}

function stopped(node: ChildProcess): Promise<unknown> {
  const ended = new Promise((resolve) => node.once('exit', resolve));
  node.kill('SIGTERM');
  return ended;
}

const { values, positionals } = parseArgs({
  options: { nodes: { type: 'string', default: '3' }, help: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const count = Number(values.nodes);
if (values.help || positionals.length > 0 || !Number.isInteger(count) || count < 1 || count > most) {
  console.log(usage);
  process.exitCode = values.help ? 0 : 2;
} else {
  run(count).catch((error: unknown) => {
    console.error(error instanceof CannotStart ? `✗ ${error.message}` : error);
    process.exit(1);
  });
}

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..', '..');

/** A set of nodes as `npm run cluster` starts it. */
export type Cluster = { readonly bases: readonly string[]; stop(): Promise<void> };

/** Builds the web application, where it is not built as it stands. */
export function buildApplication(): void {
  const built = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', "(await import('./bin/install.mjs')).ensureBuild()"],
    { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  if (built.status !== 0) throw new Error('Expected the web application to be built, but it was not');
}

/** Starts equal nodes of the built product on one database; ready when all of them are. */
export async function startCluster(nodes: number, databaseUrl: string, dataDir: string): Promise<Cluster> {
  const port = await freePort();
  const child = spawn(process.execPath, [join('bin', 'cluster.ts'), '--nodes', String(nodes)], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      ...{ NODE_ENV: 'production', PORT: String(port), DATA_DIR: dataDir },
      ...{ DATABASE_URL: databaseUrl, DEMO: 'on-external-database' },
    },
  });
  await untilReady(child, nodes);
  return {
    bases: Array.from({ length: nodes }, (_, n) => `http://127.0.0.1:${port + n}`),
    async stop() {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await gone;
    },
  };
}

function untilReady(child: ChildProcess, nodes: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    const hear = (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes(`cluster: ${nodes} of ${nodes} nodes are ready`)) resolve();
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', () => reject(new Error(`Expected ${nodes} nodes to be ready, but the cluster ended:\n${said}`)));
  });
}

/** A port with free ones after it, as far as one can know. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

// `npm start`: installs what is missing, builds what has changed, then runs the product with the pinned Node.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureBuild, ensureDependencies, pinnedEnvironment, pinnedNode, root } from './install.mjs';

if (process.argv.includes('--help')) {
  console.log(`Usage: npm start

Runs Meridian. Settings are environment variables:
  PORT          port of the web server (default 3000; the next free one is taken when the default is in use)
  DATA_DIR      folder for the embedded database and keys (default ./data)
  DATABASE_URL  an external PostgreSQL 15+ instead of the embedded one
  DEMO          demo hospital on or off (see README.md)`);
  process.exit(0);
}

ensureDependencies();
ensureBuild();

const server = spawn(pinnedNode, [join('app', 'server', 'main.ts')], {
  cwd: root,
  stdio: 'inherit',
  env: pinnedEnvironment({ NODE_ENV: 'production' }),
});
// This process only waits, so that the server can stop its database first. Signals are passed on, because they may be sent to this
// process alone; Ctrl-C reaches the whole foreground group, and the server takes the same stroke twice as one.
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
for (const signal of signals) process.on(signal, () => server.kill(signal));
server.on('exit', (code, signal) => process.exit(code ?? (signals.includes(signal) ? 0 : 1)));

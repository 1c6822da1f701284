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
// Ctrl-C reaches the whole foreground group; this process only waits, so the server can stop its database first.
// A signal sent to this process alone is passed on.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => server.kill('SIGTERM'));
server.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1)));

// The product's process. Run by Node directly: `node app/server/main.ts`, with `--dev` for the development server.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { CannotStart } from '../../db/cannot-start.ts';
import { compose } from '../composition.server.ts';
import { readSettings, SettingsError } from '../settings.server.ts';
import { createServer } from './create-server.ts';
import { listen } from './listen.ts';
import { loadDevelopmentServer, loadProductionBuild } from './load-build.ts';
import { type Ending, stopOnSignals } from './stop-on-signals.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const buildFolder = join(root, 'app', 'build');

function say(line: string): void {
  console.log(`· ${line}`);
}

async function start(ending: Ending): Promise<void> {
  const development = process.argv.includes('--dev');
  const settings = readSettings(process.env);
  const serverBuild = join(buildFolder, 'server', 'index.js');
  if (!development && !existsSync(serverBuild)) {
    throw new SettingsError(
      'Expected a build of the web application in app/build, but there is none. Run "npm run build".',
    );
  }
  const meridian = await compose(settings, say, ending.signal);
  try {
    ending.signal.throwIfAborted();
    const pages = development ? await loadDevelopmentServer() : loadProductionBuild(pathToFileURL(serverBuild).href);
    const app = createServer({
      services: meridian.services,
      clientFiles: join(buildFolder, 'client'),
      trustedProxies: settings.trustedProxies,
      metricsToken: settings.metricsToken,
      ...pages,
    });
    const { server, port } = await listen(app, settings);
    ending.started({ server, close: meridian.close });
    if (port !== settings.port.number)
      say(`Port ${settings.port.number} is in use by another program; taking ${port}.`);
    console.log(`Meridian is ready at http://${settings.host === '127.0.0.1' ? 'localhost' : settings.host}:${port}`);
  } catch (error) {
    await meridian.close();
    throw error;
  }
}

const ending = stopOnSignals(say);
start(ending).catch((error: unknown) => {
  if (ending.signal.aborted) process.exit(0);
  const text = error instanceof CannotStart ? error.message : error instanceof Error ? error.stack : String(error);
  console.error(`\n✗ ${text}`);
  process.exit(1);
});

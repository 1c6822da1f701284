import type { Server } from 'node:http';
import type { Express } from 'express';
import { type Settings, SettingsError } from '../settings.server.ts';

const portsTried = 20;

function listenOn(app: Express, port: number, host: string): Promise<Server | 'taken'> {
  return new Promise((resolve, reject) => {
    const server = app.listen(port, host);
    server.once('listening', () => resolve(server));
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve('taken');
      else
        reject(
          new SettingsError(
            `Expected settings HOST and PORT to name an address of this machine, but the system refuses ${host}:${port} (${error.code}).`,
          ),
        );
    });
  });
}

/**
 * Listens on the port of the settings; when nobody asked for that port and it is taken, on the next free one.
 * @throws {SettingsError} when a port asked for by name is taken, or none is free
 */
export async function listen(app: Express, settings: Settings): Promise<{ server: Server; port: number }> {
  const { number, mayMove } = settings.port;
  const last = mayMove ? number + portsTried - 1 : number;
  for (let port = number; port <= last; port += 1) {
    const server = await listenOn(app, port, settings.host);
    if (server !== 'taken') return { server, port };
  }
  throw new SettingsError(
    mayMove
      ? `Expected a free port from ${number} to ${last}, but all are in use. Set PORT to a free one.`
      : `Expected the port ${number} named by setting PORT to be free, but another program uses it. Choose another PORT or end that program.`,
  );
}

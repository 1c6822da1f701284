import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { CannotStart } from '../cannot-start.ts';

/** The operating system user PostgreSQL runs as. Undefined ids: the user we are. */
export type ServerUser = { readonly uid?: number; readonly gid?: number };

/**
 * PostgreSQL refuses to run as root, so root runs it as user `postgres`, which is made when missing.
 * Thrown when it cannot be made.
 */
export function findServerUser(): ServerUser {
  if (process.getuid?.() !== 0) return {};
  const known = lookUp();
  if (known) return known;
  try {
    execFileSync('groupadd', ['--system', 'postgres'], { stdio: 'ignore' });
  } catch {
    // The group may be there without the user; useradd says so if it is not.
  }
  try {
    execFileSync('useradd', ['--system', '--no-create-home', '--gid', 'postgres', 'postgres'], { stdio: 'ignore' });
  } catch {
    throw new CannotStart(
      'Expected to make the system user "postgres" for the database, but useradd failed. Start as a normal user instead.',
    );
  }
  const made = lookUp();
  if (!made) throw new CannotStart('Expected the system user "postgres", but it could not be made');
  return made;
}

function lookUp(): ServerUser | undefined {
  try {
    const id = (flag: string) =>
      Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return undefined;
  }
}

/** The first folder on the way to `path` that the user may not enter, if there is one. */
export function findClosedFolder(path: string, user: ServerUser): string | undefined {
  const { uid, gid } = user;
  if (uid === undefined || gid === undefined) return undefined;
  const parents: string[] = [];
  for (let folder = path; ; folder = dirname(folder)) {
    parents.unshift(folder);
    if (dirname(folder) === folder) break;
  }
  return parents.find((folder) => !mayEnter(folder, uid, gid));
}

function mayEnter(folder: string, uid: number, gid: number): boolean {
  const stat = statSync(folder, { throwIfNoEntry: false });
  if (!stat) return true;
  const executable = stat.uid === uid ? 0o100 : stat.gid === gid ? 0o010 : 0o001;
  return (stat.mode & executable) !== 0;
}

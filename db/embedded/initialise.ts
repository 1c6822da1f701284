import { spawn } from 'node:child_process';
import { chownSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { CannotStart } from '../cannot-start.ts';
import { unusableFolder } from '../data-folder.ts';
import { makeServerFolder, type Place } from './place.ts';
import type { ServerUser } from './system-user.ts';

/** The login that owns the new cluster. */
type Login = { readonly name: string; readonly password: string };

/**
 * Sets the cluster up in a folder of its own, which takes its place when it is whole: a first start that is killed leaves nothing that
 * looks like a database. Thrown (`CannotStart`) when initdb fails; the message holds what it said.
 */
export async function initialise(place: Place, user: ServerUser, owner: Login): Promise<void> {
  removeAbandoned(place.cluster);
  const draft = `${place.cluster}${draftMark}${process.pid}`;
  const folder = mkdtempSync(join(tmpdir(), 'meridian-init-'));
  try {
    makeServerFolder(draft, user);
    await runInitdb(place.programs.initdb, draft, user, [
      `--username=${owner.name}`,
      `--pwfile=${passwordFile(folder, user, owner)}`,
    ]);
    renameSync(draft, place.cluster);
  } catch (error) {
    throw unusableFolder(place.cluster, error);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    rmSync(draft, { recursive: true, force: true });
  }
}

const draftMark = '.new-';

function removeAbandoned(cluster: string): void {
  const mark = `${basename(cluster)}${draftMark}`;
  for (const name of readdirSync(dirname(cluster)))
    if (name.startsWith(mark)) rmSync(join(dirname(cluster), name), { recursive: true, force: true, maxRetries: 5 });
}

function passwordFile(folder: string, user: ServerUser, owner: Login): string {
  const path = join(folder, 'password');
  writeFileSync(path, owner.password, { mode: 0o600 });
  if (user.uid !== undefined && user.gid !== undefined) {
    chownSync(folder, user.uid, user.gid);
    chownSync(path, user.uid, user.gid);
  }
  return path;
}

async function runInitdb(initdb: string, cluster: string, user: ServerUser, login: readonly string[]): Promise<void> {
  // Byte order in indexes ("C") is the same on every machine and serves prefix searches.
  const flags = [`--pgdata=${cluster}`, '--encoding=UTF8', '--locale=C', '--auth=scram-sha-256', ...login];
  // Detached, as the server: Ctrl-C is ours to answer.
  const run = spawn(initdb, flags, {
    ...user,
    cwd: cluster,
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, LC_ALL: 'C' },
  });
  let said = '';
  run.stderr.on('data', (chunk) => {
    said += String(chunk);
  });
  const status = await new Promise<unknown>((resolve) => run.once('close', resolve).once('error', resolve));
  if (status === 0) return;
  throw new CannotStart(`Expected to set up the database in ${cluster}, but initdb said: ${said || String(status)}`);
}

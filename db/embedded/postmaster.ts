import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a running server wrote about itself into `postmaster.pid`. */
export type Postmaster = { readonly pid: number; readonly port: number; readonly ready: boolean };

/** Reads `postmaster.pid`; undefined when there is none or it is not whole yet. */
export function readPostmaster(cluster: string): Postmaster | undefined {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    const pid = Number(lines[0]);
    const port = Number(lines[3]);
    if (!Number.isInteger(pid) || pid <= 0) return undefined;
    return { pid, port, ready: lines[7]?.trim() === 'ready' };
  } catch {
    return undefined;
  }
}

/** Whether the process is a PostgreSQL server of this cluster. A stale file may name a process that is something else by now. */
export function isServerOf(pid: number, cluster: string): boolean {
  if (!isAlive(pid)) return false;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(cluster);
  } catch {
    // No /proc here (macOS, Windows): PostgreSQL itself decides when it finds the file.
    return true;
  }
}

/** Removes a `postmaster.pid` that names a process of somebody else, which would keep the server from starting. */
export function clearStaleFile(cluster: string): void {
  const found = readPostmaster(cluster);
  if (found && !isServerOf(found.pid, cluster)) rmSync(join(cluster, 'postmaster.pid'), { force: true });
}

/** Waits until the server says it is ready, or has gone. */
export async function waitUntilReady(
  cluster: string,
  hasGone: () => boolean,
  limitMs: number,
): Promise<Postmaster | undefined> {
  for (const end = Date.now() + limitMs; Date.now() < end; await sleep(40)) {
    const found = readPostmaster(cluster);
    if (found?.ready && isServerOf(found.pid, cluster)) return found;
    if (hasGone()) return undefined;
  }
  return undefined;
}

/** Asks the server to shut down cleanly (fast mode: sessions are ended, the data are written) and waits until it has. */
export async function shutDown(pid: number, limitMs = 30_000): Promise<void> {
  if (!isAlive(pid)) return;
  process.kill(pid, 'SIGINT');
  for (const end = Date.now() + limitMs; Date.now() < end; await sleep(40)) if (!isAlive(pid)) return;
  // Immediate shutdown: the next start recovers from the log; nothing committed is lost.
  if (isAlive(pid)) process.kill(pid, 'SIGQUIT');
}

/** Whether a process with this id runs. One that ended and was not collected by its parent (a zombie) does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat[stat.lastIndexOf(')') + 2] !== 'Z';
  } catch {
    return true;
  }
}

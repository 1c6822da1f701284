import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { CannotStart } from '../cannot-start.ts';
import { contentOf, linkUnlessThere } from '../data-folder.ts';
import { isAlive } from './postmaster.ts';

const file = z.object({ pid: z.number().int().positive(), began: z.string() });

/** Keeps a second Meridian away from a data folder; two would stop each other's database. */
export type DataFolderLock = { release(): void };

/** Takes the data folder. Thrown when another running Meridian has it; a lock left by a killed one is taken over. */
export function lockDataFolder(dataDir: string): DataFolderLock {
  const path = join(dataDir, 'meridian.lock');
  const own = `${path}.${process.pid}`;
  const text = JSON.stringify({ pid: process.pid, began: startOf(process.pid) });
  writeFileSync(own, text);
  try {
    while (!linkUnlessThere(own, path)) moveStaleAside(path, own, dataDir);
  } finally {
    rmSync(own, { force: true });
  }
  return {
    release() {
      if (contentOf(path) === text) rmSync(path, { force: true });
    },
  };
}

/** Whether another running Meridian has the data folder. */
export function isInUse(dataDir: string): boolean {
  const holder = readHolder(contentOf(join(dataDir, 'meridian.lock')) ?? '');
  return holder !== undefined && isRunning(holder);
}

/** Moves a lock whose holder is gone out of the way. Thrown when its holder runs. */
function moveStaleAside(path: string, own: string, dataDir: string): void {
  const seen = contentOf(path);
  if (seen === undefined) return;
  const holder = readHolder(seen);
  if (holder && isRunning(holder))
    throw new CannotStart(
      `Expected a free data folder, but process ${holder.pid} runs Meridian on ${dataDir}. Stop it, or set DATA_DIR.`,
    );
  const aside = `${own}.stale`;
  try {
    renameSync(path, aside);
  } catch {
    return; // Somebody else has moved it.
  }
  // Somebody else replaced it between our look and our move: it is theirs.
  if (contentOf(aside) !== seen) linkUnlessThere(aside, path);
  rmSync(aside, { force: true });
}

function isRunning({ pid, began }: z.infer<typeof file>): boolean {
  return pid !== process.pid && isAlive(pid) && startOf(pid) === began;
}

function readHolder(text: string): z.infer<typeof file> | undefined {
  try {
    return file.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** When a process began, in clock ticks since boot; process ids are used again, the pair is not. Empty where there is no /proc. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

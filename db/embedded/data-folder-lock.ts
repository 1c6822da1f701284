import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isAlive } from './postmaster.ts';

const file = z.object({ pid: z.number().int().positive(), began: z.string() });

/** Keeps a second Meridian away from a data folder; two would stop each other's database. */
export type DataFolderLock = { release(): void };

/** Takes the data folder. Thrown when another running Meridian has it; a lock left by a killed one is taken over. */
export function lockDataFolder(dataDir: string): DataFolderLock {
  const path = join(dataDir, 'meridian.lock');
  const holder = readHolder(path);
  if (holder && holder.pid !== process.pid && isAlive(holder.pid) && startOf(holder.pid) === holder.began)
    throw new Error(
      `Expected a free data folder, but process ${holder.pid} runs Meridian on ${dataDir}. Stop it, or set DATA_DIR.`,
    );
  writeFileSync(path, JSON.stringify({ pid: process.pid, began: startOf(process.pid) }));
  return {
    release() {
      if (readHolder(path)?.pid === process.pid) rmSync(path, { force: true });
    },
  };
}

function readHolder(path: string): z.infer<typeof file> | undefined {
  try {
    return file.parse(JSON.parse(readFileSync(path, 'utf8')));
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

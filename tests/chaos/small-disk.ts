import { spawnSync } from 'node:child_process';
import { chmodSync, closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A disk of its own that can be full. */
export type SmallDisk = {
  readonly folder: string;
  /** Writes until nothing more goes on it. */
  fill(): void;
  /** Takes away what filled it. */
  clear(): void;
  close(): void;
};

const megabyte = Buffer.alloc(1024 * 1024);

/** Mounts one in memory; undefined where this process may not mount. */
export function mountSmallDisk(megabytes: number): SmallDisk | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'meridian-disk-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]);
  if (mounted.status !== 0) {
    rmSync(folder, { recursive: true, force: true });
    return undefined;
  }
  // The server's user must enter it.
  chmodSync(folder, 0o755);
  const ballast = join(folder, 'ballast');
  return {
    folder,
    fill: () => writeUntilFull(ballast),
    clear: () => rmSync(ballast, { force: true }),
    close() {
      spawnSync('umount', ['--lazy', folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function writeUntilFull(file: string): void {
  const open = openSync(file, 'a');
  try {
    for (let size = megabyte.length; size >= 1; ) size = wrote(open, size) ? size : Math.floor(size / 2);
  } finally {
    closeSync(open);
  }
}

function wrote(open: number, size: number): boolean {
  try {
    return writeSync(open, megabyte, 0, size) === size;
  } catch (error) {
    if (error instanceof Error && Reflect.get(error, 'code') === 'ENOSPC') return false;
    throw error;
  }
}

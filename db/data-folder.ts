import { linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { CannotStart } from './cannot-start.ts';

/** Makes the data folder when it is missing. Thrown (`CannotStart`) when it can't be made, is no folder, or can't be written into. */
export function openDataFolder(dataDir: string): void {
  const path = resolve(dataDir);
  try {
    makeFolder(path);
    const probe = join(path, `.probe-${process.pid}`);
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (error) {
    throw unusableFolder(path, error);
  }
}

// Not Node's recursive `mkdir`: it never returns where the system has the parent but denies that it exists, as /proc does.
function makeFolder(path: string): void {
  if (isFolder(path)) return;
  if (dirname(path) !== path) makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    if (!isFolder(path)) throw error;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'this user may not write there',
  EPERM: 'the system does not allow that there',
  EROFS: 'that file system is read-only',
  ENOSPC: 'that disk is full',
  EDQUOT: 'the disk quota is used up',
  ENOTDIR: 'a file stands in its place',
  EEXIST: 'a file stands in its place',
  ENOENT: 'no folder can be made there',
  ENAMETOOLONG: 'that name is too long',
};

/** What to say when the file system refuses something in the data folder. */
export function unusableFolder(path: string, error: unknown): unknown {
  if (!(error instanceof Error && 'code' in error)) return error;
  const code = String(error.code);
  const reason = reasons[code] ?? 'the system refuses it';
  const sentence = `Expected setting DATA_DIR to name a folder Meridian can write into, but ${reason}: ${path} (${code}).`;
  return new CannotStart(sentence, { cause: error });
}

/**
 * Reads a secret kept in `<dataDir>/keys`, or makes it. The file is readable by its owner only, and appears whole or not at all:
 * a start that is killed leaves no half of a key, and two first starts at once agree on one.
 */
export function keptSecret(dataDir: string, name: string, make: () => string): string {
  const folder = join(dataDir, 'keys');
  const path = join(folder, name);
  const known = contentOf(path);
  if (known !== undefined) return known;
  const draft = `${path}.${process.pid}`;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(draft, make(), { mode: 0o600, flush: true });
    linkUnlessThere(draft, path);
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw unusableFolder(path, error);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Gives a file a second name, unless a file of that name is there; true when it did. The file system lets one of several win. */
export function linkUnlessThere(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** A file's text; undefined when there is none. */
export function contentOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw unusableFolder(path, error);
  }
}

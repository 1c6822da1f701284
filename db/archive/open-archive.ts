import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Manifest } from '../backup/manifest.ts';
import { manifestOf, masterKeyOf, openFolder, type SealedFolder } from '../backup/sealed-folder.ts';
import { UnreadableBackup } from '../backup/sealed-stream.ts';
import { CannotStart } from '../cannot-start.ts';
import type { ArchiveFiles } from './archived-cases.ts';

/** Opens a finished archive. Thrown (`UnreadableBackup`) when it is none. */
export async function openArchive(folder: string, passphrase: string): Promise<SealedFolder> {
  const archive = await openFolder(folder, passphrase);
  if (archive.manifest.archive) return archive;
  throw new UnreadableBackup(`Expected an archive in ${folder}, but it is a backup. Put it back with: npm run restore`);
}

/** An archive's files with what its manifest says is in them. */
export function filesOf({ folder, salt, keys, manifest }: SealedFolder): ArchiveFiles {
  return { folder, salt, keys, tables: manifest.tables };
}

/** What an archive is called. */
export function nameOf({ archive }: Manifest): string {
  if (archive) return archive.name;
  throw new UnreadableBackup('Expected an archive, but it is a backup.');
}

/** Thrown (`CannotStart`) when an archive's cases are read with another key than this hospital's. */
export async function requireSameKey(archive: SealedFolder, masterKey: Uint8Array): Promise<void> {
  if (Buffer.from(masterKey).equals(await masterKeyOf(archive))) return;
  throw new CannotStart(
    "Expected an archive of this hospital, but its cases are read with another master key. Restore that hospital's backup first.",
  );
}

/** The hash an archive is known by: of its manifest as it lies there. */
export async function manifestHash(folder: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(manifestOf(folder)))
    .digest('hex');
}

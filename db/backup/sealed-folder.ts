import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, open, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { copyLine, readCopyLine, type TextRow } from './copy-text.ts';
import { type BackupKeys, deriveKeys, type Manifest, newSalt, openManifest, sealManifest } from './manifest.ts';
import { opening, sealing, UnreadableBackup } from './sealed-stream.ts';

/** File of the sealed master key; the others are named after their tables. */
const keyFile = 'master.key';
const manifestFile = 'manifest.json';
const manifestDraft = 'manifest.draft';

/** A folder of sealed files with the keys they are read and written with. */
export type KeyedFolder = { readonly folder: string; readonly salt: string; readonly keys: BackupKeys };

/** A finished folder, its manifest proved by the passphrase. */
export type SealedFolder = KeyedFolder & { readonly manifest: Manifest };

/** Where a file of the folder stands. */
export function sealedFile(folder: string, name: string): string {
  return join(folder, `${name}.sealed`);
}

/** Whether a name in such a folder is one of those that are there before it is finished. */
export function isOfUnfinished(name: string): boolean {
  return name === manifestDraft || name.endsWith('.sealed');
}

/** Where the folder's manifest stands: a folder that has one is finished. */
export function manifestOf(folder: string): string {
  return join(folder, manifestFile);
}

/** Whether there is a finished folder. */
export function finishedFolder(folder: string): boolean {
  return existsSync(manifestOf(folder));
}

/** Makes the folder. Thrown (`EEXIST`) when it is there already. */
export async function makeFolder(folder: string, passphrase: string): Promise<KeyedFolder> {
  await mkdir(folder, { mode: 0o700 });
  const salt = newSalt();
  return { folder, salt, keys: deriveKeys(passphrase, salt) };
}

/** Opens a finished folder. Thrown (`UnreadableBackup`) when it is none, was changed, or the passphrase is another. */
export async function openFolder(folder: string, passphrase: string): Promise<SealedFolder> {
  const { manifest, keys } = await openManifest(manifestOf(folder), passphrase);
  return { folder, salt: manifest.salt, manifest, keys };
}

/** Writes rows to a file of their table, compressed and encrypted, and says how many they were. */
export async function writeRows(
  { folder, keys }: KeyedFolder,
  table: string,
  batches: AsyncIterable<readonly TextRow[]>,
): Promise<number> {
  let rows = 0;
  async function* lines() {
    for await (const batch of batches) {
      rows += batch.length;
      yield Buffer.from(batch.map(copyLine).join(''));
    }
  }
  await pipeline(
    Readable.from(lines()),
    createGzip({ level: 3 }),
    sealing(keys.file(table)),
    createWriteStream(sealedFile(folder, table), { flags: 'wx', flush: true }),
  );
  return rows;
}

/** The rows of a table's file, in the order they were written. Ends with `UnreadableBackup` when the file was changed or cut. */
export async function* readRows({ folder, keys }: KeyedFolder, table: string): AsyncGenerator<TextRow> {
  const content = createGunzip();
  // What goes wrong in it ends the reading below as well.
  pipeline(createReadStream(sealedFile(folder, table)), opening(keys.file(table)), content).catch(() => {});
  const newline = 10;
  let rest = Buffer.alloc(0);
  for await (const chunk of content) {
    const read = Buffer.concat([rest, chunk]);
    const end = read.lastIndexOf(newline) + 1;
    rest = read.subarray(end);
    for (const line of read.toString('utf8', 0, end).split('\n').slice(0, -1)) yield readCopyLine(line);
  }
  if (rest.length > 0) throw new UnreadableBackup(`Expected whole rows of table ${table}, but the last is cut off.`);
}

/** Keeps the master key the cases are read with beside them. */
export async function writeMasterKey({ folder, keys }: KeyedFolder, masterKey: Uint8Array): Promise<void> {
  await pipeline(
    Readable.from([Buffer.from(masterKey)]),
    sealing(keys.file(keyFile)),
    createWriteStream(sealedFile(folder, keyFile), { flags: 'wx', flush: true }),
  );
}

/** The master key kept in a folder. Thrown (`UnreadableBackup`) when its file was changed. */
export async function masterKeyOf({ folder, keys }: KeyedFolder): Promise<Buffer> {
  return buffer(createReadStream(sealedFile(folder, keyFile)).pipe(opening(keys.file(keyFile))));
}

/** Writes the manifest: last, and at once. From then on the folder is finished. */
export async function finishFolder(
  made: KeyedFolder,
  content: Omit<Manifest, 'format' | 'salt'>,
): Promise<SealedFolder> {
  const manifest: Manifest = { ...content, format: 1, salt: made.salt };
  const draft = join(made.folder, manifestDraft);
  await writeFile(draft, sealManifest(manifest, made.keys), { flush: true });
  await rename(draft, manifestOf(made.folder));
  for (const folder of [made.folder, dirname(made.folder)]) await flushFolder(folder);
  return { ...made, manifest };
}

/** Waits until the names in a folder are on the disk as well. Where a file system has no such thing, it keeps them as it can. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  try {
    await handle?.sync();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && unsupported.has(String(error.code)))) throw error;
  } finally {
    await handle?.close();
  }
}

const unsupported: ReadonlySet<string> = new Set(['EINVAL', 'ENOTSUP', 'EPERM', 'EISDIR', 'EBADF']);

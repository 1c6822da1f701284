import { createHmac, hkdfSync, randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { canonicalJson } from '../../engine/index.ts';
import { UnreadableBackup } from './sealed-stream.ts';

const content = z.object({
  format: z.literal(1),
  madeAt: z.string(),
  /** What the passphrase is salted with, base64url. */
  salt: z.string(),
  migrations: z.array(z.string()),
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()), rows: z.number().int() })),
  /** Months the history has partitions for: the first instant of each end. */
  historyFrom: z.string(),
  historyTo: z.string(),
  /** Set where it is no backup of everything, but an archive of ended cases. */
  archive: z.object({ name: z.string(), cases: z.number().int() }).optional(),
});

/** What a backup holds. It names tables and counts, nothing of a patient. */
export type Manifest = z.infer<typeof content>;

const sealed = z.object({ ...content.shape, seal: z.string() });

/** The keys of one backup, all derived from its passphrase. */
export type BackupKeys = {
  /** Proves that the manifest is the one that was written. */
  readonly manifest: Buffer;
  /** Encrypts one file of the backup. */
  file(name: string): Buffer;
};

/** A new salt for a backup. */
export function newSalt(): string {
  return randomBytes(16).toString('base64url');
}

/** Derives a backup's keys. Slow on purpose (scrypt, 64 MB), so that a stolen backup does not yield to guessing. */
export function deriveKeys(passphrase: string, salt: string): BackupKeys {
  const master = scryptSync(passphrase.normalize('NFC'), Buffer.from(salt, 'base64url'), 32, {
    ...{ N: 2 ** 16, r: 8, p: 1 },
    maxmem: 2 ** 27,
  });
  const derive = (use: string) => Buffer.from(hkdfSync('sha256', master, '', use, 32));
  return { manifest: derive('manifest'), file: (name) => derive(`file ${name}`) };
}

/** The manifest as it is written, with the proof that it was. */
export function sealManifest(manifest: Manifest, keys: BackupKeys): string {
  return `${JSON.stringify({ ...manifest, seal: sealOf(manifest, keys) }, undefined, 2)}\n`;
}

/** Reads a backup's manifest. Thrown (`UnreadableBackup`) when it is none, was changed, or the passphrase is another. */
export async function openManifest(
  file: string,
  passphrase: string,
): Promise<{ readonly manifest: Manifest; readonly keys: BackupKeys }> {
  const { seal, ...manifest } = await readManifest(file);
  const keys = deriveKeys(passphrase, manifest.salt);
  const expected = Buffer.from(sealOf(manifest, keys));
  const found = Buffer.from(seal);
  if (expected.length !== found.length || !timingSafeEqual(expected, found))
    throw new UnreadableBackup(
      'Expected the passphrase this folder was made with and a manifest nobody changed, but they do not fit.',
    );
  return { manifest, keys };
}

async function readManifest(file: string) {
  try {
    return sealed.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (cause) {
    throw new UnreadableBackup(
      `Expected the manifest of a finished folder at ${file}, but there is none that can be read.`,
      {
        cause,
      },
    );
  }
}

function sealOf(manifest: Manifest, keys: BackupKeys): string {
  return createHmac('sha256', keys.manifest).update(canonicalJson(manifest)).digest('base64url');
}

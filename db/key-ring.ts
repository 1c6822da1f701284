import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { KeyRing } from '../engine/index.ts';
import { CannotStart } from './cannot-start.ts';
import { keptSecret } from './data-folder.ts';

const masterKeyFile = 'master.key';
const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;

/** Opened keys kept at hand; a wrapped key that is gone from the store is asked for by nobody. */
const keptKeys = 5_000;

/**
 * Wraps case keys with a master key (AES-256-GCM; hospital and case are authenticated, so a wrapped key cannot be moved to another case).
 * `random` is the machine's, except in scenarios.
 */
export function createKeyRing(masterKey: Uint8Array, random: (length: number) => Uint8Array = randomBytes): KeyRing {
  if (masterKey.length !== keyBytes)
    throw new Error(`Expected a master key of ${keyBytes} bytes, but it has ${masterKey.length}`);
  const opened = new Map<string, Omit<Wrapped, 'wrapped'> & { readonly key: Uint8Array }>();
  return {
    async create(tenantId, caseId) {
      const key = random(keyBytes);
      const nonce = random(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', masterKey, nonce).setAAD(Buffer.from(`${tenantId}/${caseId}`));
      const sealed = Buffer.concat([cipher.update(key), cipher.final(), cipher.getAuthTag()]);
      return { key, wrapped: `1.${Buffer.from(nonce).toString('base64url')}.${sealed.toString('base64url')}` };
    },
    async open(tenantId, caseId, wrapped) {
      const known = opened.get(wrapped);
      if (known?.tenantId === tenantId && known.caseId === caseId) return known.key;
      const key = unwrap(masterKey, { tenantId, caseId, wrapped });
      if (opened.size >= keptKeys) opened.clear();
      opened.set(wrapped, { tenantId, caseId, key });
      return key;
    },
  };
}

type Wrapped = { readonly tenantId: string; readonly caseId: string; readonly wrapped: string };

function unwrap(masterKey: Uint8Array, { tenantId, caseId, wrapped }: Wrapped): Uint8Array {
  const [format, nonce, sealed] = wrapped.split('.');
  if (format !== '1' || !nonce || !sealed) throw new Error('Expected a wrapped case key of format 1, but it is none');
  const bytes = Buffer.from(sealed, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', masterKey, Buffer.from(nonce, 'base64url'))
    .setAAD(Buffer.from(`${tenantId}/${caseId}`))
    .setAuthTag(bytes.subarray(bytes.length - tagBytes));
  return Buffer.concat([decipher.update(bytes.subarray(0, bytes.length - tagBytes)), decipher.final()]);
}

/** Whether Meridian has run on this data folder: the first start makes the key. */
export function hasMasterKey(dataDir: string): boolean {
  return existsSync(join(dataDir, 'keys', masterKeyFile));
}

/**
 * Keeps the master key of a backup as this data folder's.
 * Thrown (`CannotStart`) when the folder has another: its cases could not be read any more.
 */
export function adoptMasterKey(dataDir: string, key: Uint8Array): void {
  const kept = keptSecret(dataDir, masterKeyFile, () => textOf(key));
  if (kept === textOf(key)) return;
  throw new CannotStart(
    `Expected a data folder without a master key, or with the backup's, but ${dataDir}/keys/${masterKeyFile} is another. Nothing was changed.`,
  );
}

/**
 * Reads the master key from `<dataDir>/keys/master.key`, or makes one. Without this file no case can be read: back it up apart.
 * Thrown (`CannotStart`) when the file is damaged.
 */
export function loadMasterKey(dataDir: string): Uint8Array {
  const text = keptSecret(dataDir, masterKeyFile, () => textOf(randomBytes(keyBytes)));
  const key = Buffer.from(text.trim(), 'base64url');
  if (key.length === keyBytes) return key;
  throw new CannotStart(
    `Expected a master key of ${keyBytes} bytes in ${dataDir}/keys/${masterKeyFile}, but the file is damaged. Restore it from the backup.`,
  );
}

function textOf(key: Uint8Array): string {
  return `${Buffer.from(key).toString('base64url')}\n`;
}

import { createCipheriv, createDecipheriv } from 'node:crypto';
import { canonicalJson } from '../core/canonical-json.ts';
import type { Json } from '../core/json.ts';
import type { TakenValue } from './clear-fields.ts';
import { merkleRoot, sha256Hex } from './hashing.ts';
import type { ErasedValue, HistoryHeader, SealedValue } from './history-entry.ts';

/** Where nonces and salts come from; seeded under test, so sealing can be repeated. */
export type RandomBytes = { bytes(length: number): Uint8Array };

/** A case's data key: 32 bytes. */
export type DataKey = Uint8Array;

const NONCE_BYTES = 12;
const SALT_BYTES = 16;
const TAG_BYTES = 16;

/** Binds a ciphertext to its place: moved to another case, entry or path it cannot be opened. */
function placeOf(header: HistoryHeader, path: string): Buffer {
  return Buffer.from(canonicalJson([header.tenantId, header.caseId, header.seq, path]));
}

/** Encrypts one value (AES-256-GCM) under the case's key. */
export function sealValue(header: HistoryHeader, taken: TakenValue, key: DataKey, random: RandomBytes): SealedValue {
  const nonce = random.bytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(placeOf(header, taken.path));
  const text = Buffer.concat([cipher.update(canonicalJson(taken.value), 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return {
    path: taken.path,
    nonce: Buffer.from(nonce).toString('base64url'),
    ciphertext: text.toString('base64url'),
    salt: Buffer.from(random.bytes(SALT_BYTES)).toString('base64url'),
  };
}

/** Opens one value; undefined when key, place or bytes are not those it was sealed with. */
export function openValue(header: HistoryHeader, sealed: SealedValue, key: DataKey): Json | undefined {
  const bytes = Buffer.from(sealed.ciphertext, 'base64url');
  if (bytes.length < TAG_BYTES) return undefined;
  try {
    const nonce = Buffer.from(sealed.nonce, 'base64url');
    const cipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
      .setAAD(placeOf(header, sealed.path))
      .setAuthTag(bytes.subarray(-TAG_BYTES));
    const text = Buffer.concat([cipher.update(bytes.subarray(0, -TAG_BYTES)), cipher.final()]).toString('utf8');
    const value: Json = JSON.parse(text);
    return value;
  } catch {
    // GCM's refusal is the answer: wrong key, wrong place or changed bytes.
    return undefined;
  }
}

/** Whether a value is still there. */
export function isErased(value: SealedValue | ErasedValue): value is ErasedValue {
  return 'commitment' in value;
}

/** The salted commitment to a value: of its ciphertext, so it says nothing about the value. */
export function commitmentOf(value: SealedValue | ErasedValue): string {
  if (isErased(value)) return value.commitment;
  return sha256Hex(
    canonicalJson({ path: value.path, nonce: value.nonce, ciphertext: value.ciphertext, salt: value.salt }),
  );
}

/** Root of the Merkle tree over the commitments, each bound to its path. */
export function valuesRootOf(values: readonly (SealedValue | ErasedValue)[]): string {
  return merkleRoot(values.map((value) => canonicalJson([value.path, commitmentOf(value)])));
}

/** The value without its ciphertext, nonce and salt: nothing can bring it back, and the chain stays valid. */
export function eraseValue(value: SealedValue | ErasedValue): ErasedValue {
  return { path: value.path, commitment: commitmentOf(value) };
}

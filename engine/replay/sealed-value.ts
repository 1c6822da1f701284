import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto';
import { canonicalJson } from '../core/canonical-json.ts';
import type { Json } from '../core/json.ts';
import type { TakenValue } from './clear-fields.ts';
import { merkleRoot, sha256Hex } from './hashing.ts';
import type { ErasedValue, HistoryHeader, SealedValue, Sealing } from './history-entry.ts';

/** Where nonces and salts come from; seeded under test, so sealing can be repeated. */
export type RandomBytes = { bytes(length: number): Uint8Array };

/** A case's data key: 32 bytes. */
export type DataKey = Uint8Array;

/** The entry whose values are sealed. */
type Place = Pick<HistoryHeader, 'tenantId' | 'caseId' | 'seq'>;

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const SALT_BYTES = 16;
const TAG_BYTES = 16;

const keyObjects = new WeakMap<DataKey, KeyObject>();

/** The cipher's form of a key; a running case's key is used again and again. */
function keyObjectOf(key: DataKey): KeyObject {
  const known = keyObjects.get(key) ?? createSecretKey(key);
  keyObjects.set(key, known);
  return known;
}

/** Binds the ciphertext to its place: moved to another case, entry or path nothing of it can be opened. */
function boundTo({ tenantId, caseId, seq }: Place, values: readonly { readonly path: string }[]): Buffer {
  return Buffer.from(canonicalJson([tenantId, caseId, seq, values.map(({ path }) => path)]));
}

/**
 * Encrypts the values of one entry (AES-256-GCM) under the case's key, in one go: a cipher for each would cost more than the whole decision.
 * Each keeps its own piece of the ciphertext with a salt, so that it can be erased without the others.
 */
export function sealValues(
  place: Place,
  taken: readonly TakenValue[],
  key: DataKey,
  random: RandomBytes,
): { readonly sealing: Sealing; readonly values: readonly SealedValue[] } {
  const drawn = Buffer.from(random.bytes(NONCE_BYTES + taken.length * SALT_BYTES));
  const nonce = drawn.subarray(0, NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, keyObjectOf(key), nonce).setAAD(boundTo(place, taken));
  const texts = taken.map(({ value }) => Buffer.from(canonicalJson(value)));
  const sealed = cipher.update(Buffer.concat(texts));
  cipher.final();
  let from = 0;
  const values = taken.map(({ path }, index) => {
    const salt = NONCE_BYTES + index * SALT_BYTES;
    const to = from + (texts[index]?.length ?? 0);
    const ciphertext = sealed.toString('base64url', from, to);
    from = to;
    return { path, ciphertext, salt: drawn.toString('base64url', salt, salt + SALT_BYTES) };
  });
  return {
    sealing: { nonce: nonce.toString('base64url'), tag: cipher.getAuthTag().toString('base64url') },
    values,
  };
}

/**
 * Opens the values of one entry; erased ones come out as null. Undefined when key, place or bytes are not those they were sealed with.
 * While nothing is erased the cipher itself proves all of that; afterwards the commitments in the entry's hash do.
 */
export function openValues(
  place: Place,
  { nonce, tag }: Sealing,
  values: readonly (SealedValue | ErasedValue)[],
  key: DataKey,
): readonly Json[] | undefined {
  try {
    const decipher = createDecipheriv(CIPHER, keyObjectOf(key), Buffer.from(nonce, 'base64url'), {
      authTagLength: TAG_BYTES,
    }).setAAD(boundTo(place, values));
    decipher.setAuthTag(Buffer.from(tag, 'base64url'));
    const pieces = values.map((value) =>
      isErased(value) ? Buffer.alloc(value.length) : Buffer.from(value.ciphertext, 'base64url'),
    );
    const plain = decipher.update(Buffer.concat(pieces));
    if (!values.some(isErased)) decipher.final();
    let from = 0;
    return values.map((value, index) => {
      const to = from + (pieces[index]?.length ?? 0);
      const json: Json = isErased(value) ? null : JSON.parse(plain.toString('utf8', from, to));
      from = to;
      return json;
    });
  } catch {
    // The refusal is the answer: wrong key, wrong place or changed bytes.
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
  return sha256Hex(canonicalJson([value.path, value.ciphertext, value.salt]));
}

/** Root of the Merkle tree over the commitments, each bound to its path and to the length of its ciphertext. */
export function valuesRootOf(values: readonly (SealedValue | ErasedValue)[]): string {
  return merkleRoot(values.map((value) => canonicalJson([value.path, lengthOf(value), commitmentOf(value)])));
}

function lengthOf(value: SealedValue | ErasedValue): number {
  return isErased(value) ? value.length : Buffer.byteLength(value.ciphertext, 'base64url');
}

/** The value without its ciphertext and salt: nothing can bring it back, and the chain stays valid. */
export function eraseValue(value: SealedValue | ErasedValue): ErasedValue {
  return { path: value.path, length: lengthOf(value), commitment: commitmentOf(value) };
}

import { createHash } from 'node:crypto';

const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);

function sha256(...parts: readonly (Uint8Array | string)[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** SHA-256 of a text's UTF-8 bytes, in lower-case hex. */
export function sha256Hex(text: string): string {
  return sha256(text).toString('hex');
}

/** The Merkle tree hash of texts in order (RFC 6962 §2.1), in lower-case hex. No text at all: SHA-256 of nothing. */
export function merkleRoot(leaves: readonly string[]): string {
  if (leaves.length === 0) return sha256().toString('hex');
  let level = leaves.map((leaf) => sha256(LEAF, leaf));
  // Joining neighbours and carrying an odd last node up gives the same tree as RFC 6962's split at the largest power of two.
  while (level.length > 1) {
    const next: Buffer[] = [];
    for (let index = 0; index < level.length; index += 2) {
      const left = level[index];
      const right = level[index + 1];
      if (left !== undefined) next.push(right === undefined ? left : sha256(NODE, left, right));
    }
    level = next;
  }
  return level[0]?.toString('hex') ?? '';
}

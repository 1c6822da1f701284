import { hash } from 'node:crypto';

/** SHA-256 of a text's UTF-8 bytes, in lower-case hex. */
export function sha256Hex(text: string): string {
  return hash('sha256', text, 'hex');
}

/** The Merkle tree hash of texts in order (RFC 6962 §2.1), in lower-case hex. No text at all: SHA-256 of nothing. */
export function merkleRoot(leaves: readonly string[]): string {
  let level = leaves.map((leaf) => sha256Hex(`\u0000${leaf}`));
  // Joining neighbours and carrying an odd last node up gives the same tree as RFC 6962's split at the largest power of two.
  while (level.length > 1) {
    const next: string[] = [];
    for (let index = 0; index < level.length; index += 2) {
      const left = level[index] ?? '';
      const right = level[index + 1];
      next.push(right === undefined ? left : hash('sha256', Buffer.from(`01${left}${right}`, 'hex'), 'hex'));
    }
    level = next;
  }
  return level[0] ?? sha256Hex('');
}

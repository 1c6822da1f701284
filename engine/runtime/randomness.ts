import { createHash, randomBytes } from 'node:crypto';
import type { Instant } from '../core/json.ts';
import type { Randomness } from './ports.ts';

/** Bytes asked of the machine at once; every command needs a few, and asking costs more than the bytes. */
const POOL = 8_192;

/** The machine's cryptographic randomness. */
export function createSystemRandomness(): Randomness {
  let pool = Buffer.alloc(0);
  return {
    bytes(length) {
      if (length > POOL / 2) return randomBytes(length);
      if (pool.length < length) pool = randomBytes(POOL);
      // A copy: what is given out is not shared with what comes after.
      const given = Uint8Array.prototype.slice.call(pool, 0, length);
      pool = pool.subarray(length);
      return given;
    },
  };
}

/** Repeatable bytes from a seed, for scenarios and simulation only: ids and nonces are the same in every run. */
export function createSeededRandomness(seed: string): Randomness {
  let drawn = 0;
  const block = () => {
    drawn += 1;
    return createHash('sha256').update(`${seed}:${drawn}`).digest();
  };
  return {
    bytes(length) {
      const parts: Buffer[] = [];
      for (let have = 0; have < length; have += 32) parts.push(block());
      return new Uint8Array(Buffer.concat(parts).subarray(0, length));
    },
  };
}

/** A UUIDv7 (RFC 9562) of an instant: ids made later sort later, so rows of one month lie together. */
export function uuidV7(at: Instant, randomness: Randomness): string {
  const bytes = new Uint8Array(16);
  bytes.set(randomness.bytes(10), 6);
  const view = new DataView(bytes.buffer);
  const time = Date.parse(at);
  view.setUint16(0, Math.floor(time / 2 ** 32));
  view.setUint32(2, time % 2 ** 32);
  const version = bytes[6] ?? 0;
  const variant = bytes[8] ?? 0;
  bytes[6] = 0x70 | (version & 0x0f);
  bytes[8] = 0x80 | (variant & 0x3f);
  const hex = Buffer.from(bytes.buffer).toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

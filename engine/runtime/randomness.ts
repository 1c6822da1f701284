import { createHash, randomBytes } from 'node:crypto';
import type { Instant } from '../core/json.ts';
import type { Randomness } from './ports.ts';

/** Bytes asked of the machine at once; every command needs a few, and asking costs more than the bytes. */
const POOL = 65_536;

/** The machine's cryptographic randomness. */
export function createSystemRandomness(): Randomness {
  let pool = Buffer.alloc(0);
  return {
    bytes(length) {
      if (length > POOL / 2) return randomBytes(length);
      if (pool.length < length) pool = randomBytes(POOL);
      // Never given out again: each asks for its own bytes further on.
      const given = pool.subarray(0, length);
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
  const time = Date.parse(at).toString(16).padStart(12, '0');
  const random = Buffer.from(randomness.bytes(10));
  const version = random.readUInt8(0);
  const variant = random.readUInt8(2);
  random.writeUInt8(0x70 | (version & 0x0f), 0);
  random.writeUInt8(0x80 | (variant & 0x3f), 2);
  const hex = random.toString('hex');
  return `${time.slice(0, 8)}-${time.slice(8)}-${hex.slice(0, 4)}-${hex.slice(4, 8)}-${hex.slice(8)}`;
}

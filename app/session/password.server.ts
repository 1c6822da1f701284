import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** argon2id (the library's default) with 19 MiB, two passes, one lane: OWASP's first choice of 2024. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Longer passwords only cost time to hash. */
const longestPassword = 256;

/** Hashes a password with a fresh salt, in PHC format. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, cost);
}

/** Whether the password fits the hash. */
export async function isPassword(passwordHash: string, password: string): Promise<boolean> {
  return verify(passwordHash, password.slice(0, longestPassword + 1)).catch(() => false);
}

let decoy: Promise<string> | undefined;

/** A hash no password fits, to spend the time of a check on names that do not exist. */
export function decoyHash(): Promise<string> {
  decoy ??= hashPassword(randomBytes(32).toString('base64url'));
  return decoy;
}

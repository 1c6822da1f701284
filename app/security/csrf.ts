import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A fresh secret for a cookie: 256 random bits. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * The token a page must send back with every POST. It derives from a secret only this browser's HttpOnly cookie holds,
 * so another site can neither read nor guess it, and no list of tokens has to be kept.
 */
export function csrfTokenFor(cookieSecret: string): string {
  return createHash('sha256').update('meridian csrf v1\0').update(cookieSecret).digest('base64url');
}

/** Whether a token belongs to the secret; compares in constant time. */
export function isCsrfToken(token: string | undefined, cookieSecret: string): boolean {
  if (token === undefined) return false;
  const expected = Buffer.from(csrfTokenFor(cookieSecret));
  const given = Buffer.from(token);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/**
 * Whether a request that changes something comes from a page of ours. Browsers send `Origin` with every POST;
 * one without it (and without `Sec-Fetch-Site`) is no page of a current browser, and only the token decides.
 * @param host what the browser asked for, e.g. `localhost:3000`
 */
export function isOwnOrigin(headers: { origin?: string; fetchSite?: string }, host: string): boolean {
  if (headers.fetchSite !== undefined && headers.fetchSite !== 'same-origin' && headers.fetchSite !== 'none')
    return false;
  if (headers.origin === undefined) return true;
  return URL.canParse(headers.origin) && new URL(headers.origin).host === host;
}

import { describe, expect, it } from 'vitest';
import { csrfTokenFor, isCsrfToken, isOwnOrigin, newSecret } from './csrf.ts';

describe('csrf token', () => {
  it('belongs to one cookie secret only', () => {
    const secret = newSecret();
    expect(isCsrfToken(csrfTokenFor(secret), secret)).toBe(true);
    expect(isCsrfToken(csrfTokenFor(secret), newSecret())).toBe(false);
    expect(isCsrfToken(undefined, secret)).toBe(false);
    expect(isCsrfToken('', secret)).toBe(false);
  });

  it('does not show the secret', () => {
    const secret = newSecret();
    expect(csrfTokenFor(secret)).not.toContain(secret.slice(0, 8));
  });
});

describe('origin', () => {
  it.each([
    [{ origin: 'http://ward.example:3000' }, true],
    [{ origin: 'https://ward.example:3000' }, true],
    [{ origin: 'http://evil.example' }, false],
    [{ origin: 'http://ward.example:3001' }, false],
    [{ origin: 'null' }, false],
    [{ fetchSite: 'cross-site' }, false],
    [{ fetchSite: 'same-site' }, false],
    [{ origin: 'http://ward.example:3000', fetchSite: 'cross-site' }, false],
    [{ origin: 'http://ward.example:3000', fetchSite: 'same-origin' }, true],
    [{}, true],
  ])('%j is ours: %j', (headers, ours) => {
    expect(isOwnOrigin(headers, 'ward.example:3000')).toBe(ours);
  });
});

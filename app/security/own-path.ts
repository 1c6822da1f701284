/** A path of ours to go on to after login or a switch of language; anything that could lead elsewhere becomes `/`. */
export function ownPath(value: unknown): string {
  // Browsers drop control characters and take `\\` for `/`, so `/\t/evil` would lead to another host.
  if (typeof value !== 'string' || !/^\/(?!\/)/.test(value) || !/^[^\p{Cc}\\]*$/u.test(value)) return '/';
  const base = 'http://own.invalid';
  if (!URL.canParse(value, base)) return '/';
  const url = new URL(value, base);
  return url.origin === base ? url.pathname + url.search : '/';
}

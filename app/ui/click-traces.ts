type Fetch = typeof globalThis.fetch;

/** Milliseconds for which what a page asks for belongs to the click before it; later it is the page that asks, and the server begins the trace. */
const lasting = 10_000;

/**
 * A `fetch` whose requests to our own server carry the `traceparent` of the click they follow from, so that a trace begins where somebody did something.
 * Its ids are random and say nothing.
 *
 * @param ask the browser's own
 * @param page where clicks and submitted forms are heard
 * @param now milliseconds that only go forward
 */
export function tracedFetch(
  ask: Fetch,
  page: Pick<EventTarget, 'addEventListener'>,
  now: () => number = () => performance.now(),
): Fetch {
  let last: { readonly traceparent: string; readonly at: number } | undefined;
  const begin = () => {
    last = { traceparent: newTraceparent(), at: now() };
  };
  for (const act of ['click', 'submit']) page.addEventListener(act, begin, { capture: true });
  return (input, init) => {
    if (!last || now() - last.at > lasting || !isOurs(input)) return ask(input, init);
    const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : undefined));
    headers.set('traceparent', last.traceparent);
    return ask(input, { ...init, headers });
  };
}

/** A W3C `traceparent` of a trace that begins here and is to be followed. Made without `randomUUID`, which a page without https has not. */
function newTraceparent(): string {
  const [trace, span] = [randomHex(16), randomHex(8)];
  return `00-${trace}-${span}-01`;
}

function randomHex(bytes: number): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );
}

function isOurs(input: RequestInfo | URL): boolean {
  const address = input instanceof Request ? input.url : String(input);
  return new URL(address, location.href).origin === new URL(location.href).origin;
}

import { isServerAway, setConnection } from './connection.ts';
import { retryDelay } from './live-stream.ts';

type Fetch = typeof globalThis.fetch;

/**
 * A `fetch` whose reads of a page's data wait while the server cannot be reached, and ask again, instead of failing: the router would
 * put an error in the place of the page, with what was filled in on it. Whoever goes elsewhere meanwhile gives the read up, as ever.
 *
 * @param ask the browser's own
 */
export function waitingReads(ask: Fetch): Fetch {
  return async (input, init) => {
    if (!isPageData(input, init)) return ask(input, init);
    for (let failures = 1; ; failures += 1) {
      const answer = await wholeAnswer(ask, input, init);
      if (answer) {
        setConnection('open');
        return answer;
      }
      setConnection('lost');
      await pause(retryDelay(failures), init?.signal);
    }
  };
}

function isPageData(input: RequestInfo | URL, init?: RequestInit): boolean {
  const address = input instanceof Request ? input.url : String(input);
  return (init?.method ?? 'GET') === 'GET' && new URL(address, location.href).pathname.endsWith('.data');
}

/** The answer once all of it is here; nothing when the server was not reached or the answer broke off. */
async function wholeAnswer(ask: Fetch, input: RequestInfo | URL, init?: RequestInit): Promise<Response | undefined> {
  try {
    const answer = await ask(input, init);
    if (isServerAway(answer.status)) return undefined;
    await answer.clone().arrayBuffer();
    return answer;
  } catch (failure) {
    if (init?.signal?.aborted) throw failure;
    return undefined;
  }
}

function pause(milliseconds: number, signal?: AbortSignal | null): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}

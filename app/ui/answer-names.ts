import { createContext } from 'react';

type Fetch = typeof globalThis.fetch;

/** What the server calls a request and the trace it is followed in: to be read to whoever looks it up in the log. */
export type AnswerNames = { readonly request?: string | undefined; readonly trace?: string | undefined };

/** Names of the answer that is shown. */
export const AnswerNamesContext = createContext<() => AnswerNames>(() => ({}));

/** Beginning of a request's name: enough to find it in the log, and short enough to be read out. */
export function spokenName(request: string): string {
  return request.slice(0, 8);
}

/** Remembers what the server called the last request that did not succeed, in the browser: at first, that of the page itself. */
export function rememberNames(
  ask: Fetch,
  ofPage: AnswerNames,
): { readonly ask: Fetch; readonly last: () => AnswerNames } {
  let last = ofPage;
  return {
    async ask(input, init) {
      const answer = await ask(input, init);
      if (answer.status >= 400)
        last = {
          request: answer.headers.get('x-request-id') ?? undefined,
          trace: answer.headers.get('x-trace-id') ?? undefined,
        };
      return answer;
    },
    last: () => last,
  };
}

/** The names a page carries in its head. */
export function namesOfPage(page: Pick<Document, 'querySelector'>): AnswerNames {
  const read = (name: string) => page.querySelector(`meta[name="${name}"]`)?.getAttribute('content') ?? undefined;
  return { request: read('request-id'), trace: read('trace-id') };
}

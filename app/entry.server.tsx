import { PassThrough } from 'node:stream';
import type { ActionFunctionArgs, AppLoadContext, EntryContext, LoaderFunctionArgs } from '@remix-run/node';
import { createReadableStreamFromReadable } from '@remix-run/node';
import { isRouteErrorResponse, RemixServer } from '@remix-run/react';
import { renderToPipeableStream } from 'react-dom/server';
import { PackContext } from './i18n/pack-context.ts';
import { serverPacks } from './i18n/server-packs.server.ts';
import { NonceContext } from './security/nonce-context.ts';
import { AnswerNamesContext } from './ui/answer-names.ts';

/** Renders a page in the request's language. Pages are small and hold no late parts, so they are sent whole. */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remix: EntryContext,
  context: AppLoadContext,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    let failed = false;
    const stream = renderToPipeableStream(
      <NonceContext.Provider value={context.nonce}>
        <AnswerNamesContext.Provider value={() => ({ request: context.requestId, trace: context.traceId })}>
          <PackContext.Provider value={serverPacks[context.language]}>
            <RemixServer context={remix} url={request.url} nonce={context.nonce} />
          </PackContext.Provider>
        </AnswerNamesContext.Provider>
      </NonceContext.Provider>,
      {
        nonce: context.nonce,
        onAllReady() {
          const body = new PassThrough();
          headers.set('Content-Type', 'text/html; charset=utf-8');
          resolve(new Response(createReadableStreamFromReadable(body), { headers, status: failed ? 500 : status }));
          stream.pipe(body);
        },
        onShellError: reject,
        onError(error) {
          failed = true;
          context.services.log.failure(error, { during: 'rendering' });
        },
      },
    );
  });
}

/**
 * Unexpected failures of loaders and actions go to the log, without the request's values. That an address is not there or knows no such method
 * is an answer like any other.
 */
export function handleError(error: unknown, { request, context }: LoaderFunctionArgs | ActionFunctionArgs): void {
  if (request.signal.aborted || isRouteErrorResponse(error)) return;
  context.services.log.failure(error, { during: 'request', method: request.method });
}

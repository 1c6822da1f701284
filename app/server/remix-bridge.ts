import { writeReadableStreamToWritable } from '@remix-run/node';
import type { Request as ExpressRequest, Response as ExpressResponse } from 'express';
import { isFromTrustedProxy } from './request-names.ts';
import { COME_AGAIN_SECONDS } from './store-away.ts';

/** The web `Request` of an Express request whose body was read before (so it could be checked). */
export function toWebRequest(
  request: ExpressRequest,
  response: ExpressResponse,
  options: { url: URL; method: string; body?: Buffer },
): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    // The origin was checked before (check-request.ts); Remix would check it again and answer 500 instead of 403.
    if (value === undefined || name === 'origin') continue;
    for (const one of Array.isArray(value) ? value : [value]) headers.append(name, one);
  }
  const leaving = new AbortController();
  response.on('close', () => {
    if (!response.writableFinished) leaving.abort();
  });
  const body = options.body && options.body.length > 0 ? new Uint8Array(options.body) : undefined;
  return new Request(options.url, { method: options.method, headers, body, signal: leaving.signal });
}

/** Sends a web `Response` through Express. */
export async function sendWebResponse(response: ExpressResponse, answer: Response): Promise<void> {
  response.status(answer.status);
  for (const [name, value] of answer.headers) response.append(name, value);
  // Whoever is turned away for the moment is told when to come again, on every way out.
  if (answer.status === 503 && !answer.headers.has('retry-after')) response.set('Retry-After', COME_AGAIN_SECONDS);
  if (answer.body) await writeReadableStreamToWritable(answer.body, response);
  else response.end();
}

/** The address the browser asked for, believing forwarding headers only as far as `trust proxy` says. */
export function requestedUrl(request: ExpressRequest): URL {
  return new URL(request.originalUrl, `${request.protocol}://${requestedHost(request)}`);
}

/** Host with port as the browser sees it. */
export function requestedHost(request: ExpressRequest): string {
  const forwarded = request.get('x-forwarded-host');
  return (isFromTrustedProxy(request) && forwarded?.split(',')[0]?.trim()) || request.get('host') || 'localhost';
}

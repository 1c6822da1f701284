import type { Request as ExpressRequest } from 'express';
import { isCsrfToken, isOwnOrigin } from '../security/csrf.ts';
import { bodyLimit, readBody } from './read-body.ts';
import { requestedHost } from './remix-bridge.ts';
import type { Refusal } from './request-context.ts';

/** Field of a form, or header of a scripted request, that carries the token. */
export const csrfFieldName = 'csrf';
export const csrfHeaderName = 'x-csrf-token';

const formTypes = ['application/x-www-form-urlencoded', 'multipart/form-data'];

/** What came of the check of a request that may change something. */
export type Checked = { readonly body: Buffer; readonly refusal?: undefined } | { readonly refusal: Refusal };

function mediaType(request: ExpressRequest): string {
  return (request.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

async function tokenInForm(request: ExpressRequest, body: Buffer): Promise<string | undefined> {
  const headers = { 'content-type': request.get('content-type') ?? '' };
  const form = await new Response(new Uint8Array(body), { headers }).formData();
  const token = form.get(csrfFieldName);
  return typeof token === 'string' ? token : undefined;
}

/**
 * Decides whether a POST (or PUT, PATCH, DELETE) may reach a screen: it must come from a page of ours, be of a known
 * type and size, and carry the token of the browser's own cookie. The one place for every route.
 */
export async function checkChangingRequest(request: ExpressRequest, cookieSecret: string): Promise<Checked> {
  const origin = { origin: request.get('origin'), fetchSite: request.get('sec-fetch-site') };
  if (!isOwnOrigin(origin, requestedHost(request))) return { refusal: { status: 403, code: 'foreign-origin' } };
  const type = mediaType(request);
  if (type !== 'application/json' && !formTypes.includes(type)) {
    return { refusal: { status: 415, code: 'unsupported-media-type', params: { type: type.slice(0, 80) || '–' } } };
  }
  const body = await readBody(request, bodyLimit);
  if (body === undefined) {
    return { refusal: { status: 413, code: 'body-too-large', params: { megabytes: bodyLimit / 1024 / 1024 } } };
  }
  const token = await readToken(request, type, body);
  if (token === 'unreadable') return { refusal: { status: 400, code: 'body-unreadable' } };
  if (!isCsrfToken(token.token, cookieSecret)) return { refusal: { status: 403, code: 'csrf-token' } };
  return { body };
}

async function readToken(
  request: ExpressRequest,
  type: string,
  body: Buffer,
): Promise<{ token: string | undefined } | 'unreadable'> {
  const header = request.get(csrfHeaderName);
  if (header !== undefined || !formTypes.includes(type)) return { token: header };
  try {
    return { token: await tokenInForm(request, body) };
  } catch {
    return 'unreadable';
  }
}

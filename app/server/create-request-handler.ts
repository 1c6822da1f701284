import type { ServerBuild } from '@remix-run/node';
import { createRequestHandler as createRemixHandler } from '@remix-run/node';
import type { Request as ExpressRequest, Response as ExpressResponse } from 'express';
import { chooseLanguage } from '../i18n/language.ts';
import { csrfTokenFor, newSecret } from '../security/csrf.ts';
import { isPublicPath } from '../security/public-paths.ts';
import { cookiesFor } from '../session/cookies.server.ts';
import { checkChangingRequest } from './check-request.ts';
import { requestedUrl, sendWebResponse, toWebRequest } from './remix-bridge.ts';
import type { Refusal, RequestContext } from './request-context.ts';
import type { Services } from './services.ts';
import { answerWhileStoreIsAway } from './store-away.ts';

type Cookies = ReturnType<typeof cookiesFor>;

/** What is known of whoever asks. */
type Visitor = Omit<RequestContext, 'nonce' | 'requestId' | 'traceId'>;

const readOnlyMethods = new Set(['GET', 'HEAD']);

/** Serves every page: recognises the browser, turns away what may not come in, hands the rest to Remix. */
export function createRequestHandler(options: {
  services: Services;
  build: () => Promise<ServerBuild>;
  mode: 'production' | 'development';
}) {
  const handlerOf = rememberLast((build: ServerBuild) =>
    createRemixHandler(answerWhileStoreIsAway(build), options.mode),
  );
  return async (request: ExpressRequest, response: ExpressResponse): Promise<void> => {
    const cookies = cookiesFor(request.secure);
    const visitor = await recognise(request, options.services, cookies);
    if (visitor.setCookie) response.append('Set-Cookie', visitor.setCookie);
    const { nonce, requestId, traceId } = response.locals;
    const context = { ...visitor.context, nonce, requestId, traceId };
    const changing = !readOnlyMethods.has(request.method);
    const checked = changing ? await checkChangingRequest(request, context.cookieSecret) : undefined;
    const route = routeFor(request, context, checked?.refusal);
    const webRequest = toWebRequest(request, response, {
      url: route.url,
      method: route.method,
      body: checked && !checked.refusal && route.method === request.method ? checked.body : undefined,
    });
    response.set('Cache-Control', 'private, no-store');
    const handle = handlerOf(await options.build());
    const answer = await handle(webRequest, { ...context, refusal: checked?.refusal });
    if (answer.headers.has('Cache-Control')) response.removeHeader('Cache-Control');
    await sendWebResponse(response, answer);
  };
}

/** Makes something of the same thing once; in development the pages change. */
function rememberLast<A, B>(make: (from: A) => B): (from: A) => B {
  let last: { readonly from: A; readonly made: B } | undefined;
  return (from) => {
    if (last?.from !== from) last = { from, made: make(from) };
    return last.made;
  };
}

/** Whose browser this is: a session, or a visitor with a secret for the login page's token. */
async function recognise(
  request: ExpressRequest,
  services: Services,
  cookies: Cookies,
): Promise<{ context: Visitor; setCookie?: string }> {
  const header = request.headers.cookie ?? null;
  const { tenantId } = services;
  const sessionSecret = textOr(await cookies.session.parse(header));
  const session = sessionSecret ? await services.sessions.find({ tenantId, secret: sessionSecret }) : undefined;
  const person = session && (await services.directory.person(tenantId, session.personId, services.clock.now()));
  const visitorSecret = textOr(await cookies.visitor.parse(header));
  const cookieSecret = (person && sessionSecret) || visitorSecret || newSecret();
  const isNew = !person && !visitorSecret;
  return {
    setCookie: isNew ? await cookies.visitor.serialize(cookieSecret) : undefined,
    context: {
      services,
      language: chooseLanguage(await cookies.language.parse(header), session?.language),
      csrfToken: csrfTokenFor(cookieSecret),
      cookieSecret,
      secure: request.secure,
      from: request.ip ?? 'unknown',
      person,
    },
  };
}

function textOr(value: unknown): string | undefined {
  return typeof value === 'string' && value.length >= 32 && value.length <= 128 ? value : undefined;
}

/**
 * The route that answers. A refused request goes to `/refused` and one without a session to `/signin-required`,
 * under the kind of address it came by (page or data), so that both answer in the form the browser expects.
 */
function routeFor(
  request: ExpressRequest,
  context: Visitor,
  refusal: Refusal | undefined,
): { url: URL; method: string } {
  const url = requestedUrl(request);
  const suffix = url.pathname.endsWith('.data') ? '.data' : '';
  if (refusal) return { url: new URL(`/refused${suffix}`, url), method: 'POST' };
  if (context.person || isPublicPath(url.pathname)) return { url, method: request.method };
  const login = new URL(`/signin-required${suffix}`, url);
  if (request.method === 'GET' && !suffix) login.searchParams.set('next', url.pathname + url.search);
  return { url: login, method: 'GET' };
}

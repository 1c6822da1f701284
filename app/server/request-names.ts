import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler } from 'express';

declare module 'express-serve-static-core' {
  interface Locals {
    /** Names the request in the log, in its answer and on error pages. */
    requestId: string;
    /** The trace it is followed in, while somebody follows. */
    traceId?: string | undefined;
  }
}

/** What proxies make: a UUID, or the same without dashes. Nothing else can be told from what somebody put there. */
const wellFormed = /^[0-9a-f]{8}(-?)[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{12}$/;

const underWay = new AsyncLocalStorage<string>();

/** Name of the request that is being answered, for log lines. */
export function requestUnderWay(): string | undefined {
  return underWay.getStore();
}

/** Names each request, by what a trusted proxy called it or anew, and says the name in the answer. */
export function nameRequests(): RequestHandler {
  return (request, response, next) => {
    const requestId = nameOfProxy(request) ?? randomUUID();
    response.locals.requestId = requestId;
    response.set('X-Request-Id', requestId);
    underWay.run(requestId, next);
  };
}

function nameOfProxy(request: Request): string | undefined {
  const name = request.get('x-request-id')?.toLowerCase();
  return name !== undefined && wellFormed.test(name) && isFromTrustedProxy(request) ? name : undefined;
}

/** Whether whoever is at the other end of the connection may say things for others. */
export function isFromTrustedProxy(request: Request): boolean {
  const trusts = request.app.get('trust proxy fn');
  return typeof trusts === 'function' && trusts(request.socket.remoteAddress, 0) === true;
}

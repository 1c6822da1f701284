import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';
import helmet from 'helmet';

declare module 'express-serve-static-core' {
  interface Locals {
    /** Allows the scripts of this one answer; see the content security policy. */
    nonce: string;
  }
}

function nonceSource(_request: IncomingMessage, response: ServerResponse): string {
  const locals: unknown = Reflect.get(response, 'locals');
  const nonce = typeof locals === 'object' && locals !== null ? Reflect.get(locals, 'nonce') : undefined;
  return `'nonce-${String(nonce)}'`;
}

/**
 * Security headers of every answer. Scripts run only from our own files or with the answer's nonce: no inline script,
 * no `eval`. Styles may stand inline because the component library and the diagram place elements by style attributes.
 * @param development lets the development server's reload socket connect
 */
export function securityHeaders({ development }: { development: boolean }): RequestHandler[] {
  const giveNonce: RequestHandler = (_request, response, next) => {
    response.locals.nonce = randomBytes(16).toString('base64');
    next();
  };
  return [
    giveNonce,
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          'default-src': ["'self'"],
          'script-src': ["'self'", nonceSource],
          'style-src': ["'self'", "'unsafe-inline'"],
          'img-src': ["'self'", 'data:', 'blob:'],
          'font-src': ["'self'", 'data:'],
          'connect-src': development ? ["'self'", 'ws:'] : ["'self'"],
          'object-src': ["'none'"],
          'base-uri': ["'none'"],
          'form-action': ["'self'"],
          'frame-ancestors': ["'none'"],
        },
      },
      // With `no-referrer` browsers send `Origin: null` on our own forms.
      referrerPolicy: { policy: 'same-origin' },
    }),
  ];
}

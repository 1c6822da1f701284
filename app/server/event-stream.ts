import type { RequestHandler } from 'express';
import { cookiesFor } from '../session/cookies.server.ts';
import type { Services } from './services.ts';

const heartbeatMilliseconds = 25_000;

/**
 * `GET /events`: tells a signed-in browser that something changed, never what; the page then asks for its data again,
 * with all checks. A session that ends is noticed at the next heartbeat.
 */
export function eventStream(services: Services): RequestHandler {
  const isSignedIn = async (cookieHeader: string | undefined, secure: boolean): Promise<boolean> => {
    const secret: unknown = await cookiesFor(secure).session.parse(cookieHeader ?? null);
    if (typeof secret !== 'string') return false;
    return (await services.sessions.peek({ tenantId: services.tenantId, secret })) !== undefined;
  };
  return (request, response, next) => {
    const open = async () => {
      if (!(await isSignedIn(request.headers.cookie, request.secure))) {
        response.status(401).end();
        return;
      }
      response.writeHead(200, {
        'Content-Type': 'text/event-stream; charset=utf-8',
        'Cache-Control': 'no-cache, no-transform',
        'X-Accel-Buffering': 'no',
      });
      response.write('retry: 5000\n\n');
      const stop = services.changes.subscribe(() => response.write('event: changed\ndata: {}\n\n'));
      const heartbeat = setInterval(() => {
        isSignedIn(request.headers.cookie, request.secure).then(
          (still) => (still ? response.write(': still here\n\n') : response.end()),
          () => response.end(),
        );
      }, heartbeatMilliseconds);
      response.on('close', () => {
        clearInterval(heartbeat);
        stop();
      });
    };
    open().catch(next);
  };
}

import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request, Router } from 'express';
import express from 'express';

/** What `/metrics` answers with. */
export type ReadFigures = () => Promise<{ readonly contentType: string; readonly body: string }>;

/**
 * `GET /metrics` for Prometheus. With a token: for whoever sends it (`Authorization: Bearer …`). Without one: for programs on this machine that came
 * straight here. A proxy in front makes everybody look local, so what was forwarded is refused.
 */
export function metricsRoute(read: ReadFigures, token: string | undefined): Router {
  const router = express.Router();
  router.get('/metrics', (request, response, next) => {
    response.set('Cache-Control', 'no-store');
    if (!(token === undefined ? isLocal(request) : sentToken(request, token))) {
      response
        .status(token === undefined ? 403 : 401)
        .type('text')
        .send('Not for you.\n');
      return;
    }
    read().then(({ contentType, body }) => response.set('Content-Type', contentType).send(body), next);
  });
  return router;
}

const loopback: ReadonlySet<string> = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
const forwarding = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

function isLocal(request: Request): boolean {
  const forwarded = forwarding.some((name) => request.headers[name] !== undefined);
  return !forwarded && loopback.has(request.socket.remoteAddress ?? '');
}

function sentToken(request: Request, token: string): boolean {
  const [, sent] = /^Bearer (.+)$/.exec(request.header('authorization') ?? '') ?? [];
  return sent !== undefined && timingSafeEqual(digest(sent), digest(token));
}

/** Of one length whatever is sent, so that the comparison tells nothing. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

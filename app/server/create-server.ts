import { join } from 'node:path';
import type { ServerBuild } from '@remix-run/node';
import compression from 'compression';
import type { ErrorRequestHandler, Express, RequestHandler } from 'express';
import express from 'express';
import { createRequestHandler } from './create-request-handler.ts';
import { eventStream } from './event-stream.ts';
import { followRequests } from './follow-requests.ts';
import { healthRoutes } from './health.ts';
import { lastResortPage } from './last-resort-page.ts';
import { metricsRoute } from './metrics-route.ts';
import { nameRequests } from './request-names.ts';
import { securityHeaders } from './security-headers.ts';
import type { Services } from './services.ts';
import { COME_AGAIN_SECONDS, isStoreAway } from './store-away.ts';

const aYear = 365 * 24 * 60 * 60 * 1000;

/** How the server finds what it serves. */
export type ServerOptions = {
  readonly services: Services;
  readonly build: () => Promise<ServerBuild>;
  /** Folder with the browser's files of the production build. */
  readonly clientFiles: string;
  readonly trustedProxies: number;
  /** What a reader of `/metrics` has to send; without it only programs on this machine may read. */
  readonly metricsToken?: string | undefined;
  /** The development server's own handlers, in front of the pages. */
  readonly development?: RequestHandler;
};

/** The Express application: headers, health, static files, live events, pages. */
export function createServer(options: ServerOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', options.trustedProxies);
  app.use(nameRequests());
  app.use(healthRoutes(options.services.readiness));
  app.use(metricsRoute(options.services.readFigures, options.metricsToken));
  app.use(securityHeaders({ development: options.development !== undefined }));
  app.use(
    compression({ filter: (request, response) => !isEventStream(response) && compression.filter(request, response) }),
  );
  if (options.development) {
    app.use(options.development);
  } else {
    const assets = join(options.clientFiles, 'assets');
    app.use('/assets', express.static(assets, { immutable: true, maxAge: aYear, fallthrough: false }));
    app.use(express.static(options.clientFiles, { maxAge: 60 * 60 * 1000, index: false }));
  }
  app.get('/events', eventStream(options.services));
  app.use(followRequests(options.services.tracer));
  const mode = options.development ? 'development' : 'production';
  const handle = createRequestHandler({ services: options.services, build: options.build, mode });
  app.all('*', (request, response, next) => {
    handle(request, response).catch(next);
  });
  app.use(reportFailure(options.services));
  return app;
}

function isEventStream(response: express.Response): boolean {
  return String(response.getHeader('Content-Type') ?? '').startsWith('text/event-stream');
}

/** The answer when even the error page could not be made: the request's name, never the cause. */
function reportFailure(services: Services): ErrorRequestHandler {
  return (error, request, response, _next) => {
    const status = statusOfFailure(error);
    if (status >= 500) services.log.failure(error, { method: request.method });
    if (response.headersSent) {
      response.destroy();
      return;
    }
    if (status === 503) response.set('Retry-After', COME_AGAIN_SECONDS);
    response.status(status).set('Cache-Control', 'no-store').type('html').send(lastResortPage(status, response.locals));
  };
}

function statusOfFailure(error: unknown): number {
  if (isStoreAway(error)) return 503;
  const status: unknown = Reflect.get(Object(error), 'status');
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}

import type { RequestHandler, Response } from 'express';
import type { Tracer } from '../../engine/index.ts';
import { areas } from '../security/areas.ts';
import { traceIdOf } from '../telemetry/traceparent.ts';

/** First parts of addresses that are told apart. */
const known: ReadonlySet<string> = new Set([
  ...areas.map(({ path }) => path.slice(1)),
  ...['tasks', 'patients', 'lookup', 'print', 'login', 'logout', 'simulators', 'language'],
]);

const methods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST']);

/** Follows each request for a page, under the trace of whoever sent it; of the address only which part of the product it is for. */
export function followRequests(tracer: Tracer): RequestHandler {
  return (request, response, next) => {
    const [, first = ''] = request.path.split('/');
    const area = first.replace(/\.data$/, '');
    const facts = {
      method: methods.has(request.method) ? request.method : 'other',
      area: area === '' ? 'home' : known.has(area) ? area : 'other',
    };
    const under = request.header('traceparent');
    void tracer.span(
      { name: 'request', facts, ...(under !== undefined && { under }) },
      () => {
        const traceId = traceIdOf(tracer.current());
        response.locals.traceId = traceId;
        if (traceId !== undefined) response.set('X-Trace-Id', traceId);
        return untilAnswered(response, next);
      },
      (status) => ({ status }),
    );
  };
}

function untilAnswered(response: Response, next: () => void): Promise<number> {
  return new Promise((resolve) => {
    response.once('close', () => resolve(response.statusCode));
    next();
  });
}

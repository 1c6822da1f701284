import type { ServerBuild } from '@remix-run/node';
import { toStoreFailure } from '../../db/store-failures.ts';
import { problem } from '../problem.ts';
import type { RequestContext } from './request-context.ts';

/** Seconds after which whoever is sent away for the moment may come again. */
export const COME_AGAIN_SECONDS = '3';

/** Whether the database could not answer just now: it is away, full or too busy, and the same request may succeed in a moment. */
export function isStoreAway(error: unknown): boolean {
  const failure = toStoreFailure(error);
  return failure !== undefined && failure.meaning !== 'refused';
}

type Route = ServerBuild['routes'][string];

/**
 * The pages, with every loader and action answering 503 while the database is away, instead of failing. An action's page says that nobody knows
 * whether it was saved: it may have been, and sending the same form again is safe.
 */
export function answerWhileStoreIsAway(build: ServerBuild): ServerBuild {
  const guarded = Object.entries(build.routes).map(([id, route]) => [id, route && guardRoute(route)] as const);
  return { ...build, routes: Object.fromEntries(guarded) };
}

function guardRoute(route: NonNullable<Route>): NonNullable<Route> {
  const { loader, action } = route.module;
  return {
    ...route,
    module: {
      ...route.module,
      ...(loader && { loader: guard(loader, 'errors:away.read') }),
      ...(action && { action: guard(action, 'rejections:unavailable') }),
    },
  };
}

function guard<A extends { context: RequestContext }, R>(handle: (args: A) => R, code: string) {
  return async (args: A): Promise<Awaited<R>> => {
    try {
      return await handle(args);
    } catch (error) {
      if (!isStoreAway(error)) throw error;
      args.context.services.log.failure(error, { during: 'request' });
      throw problem({ status: 503, code });
    }
  };
}
